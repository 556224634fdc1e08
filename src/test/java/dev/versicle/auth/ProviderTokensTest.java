package dev.versicle.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Namespace;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProviderTokensTest {
    private static final Instant NOW = Instant.parse("2026-04-22T10:14:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final String ISSUER = "https://id.example.org";
    private static final String AUDIENCE = "versicle";

    private static RSAKey rsa;
    private static RSAKey rsaNext;
    private static ECKey ec;

    private final SigningKey own =
            SigningKey.make(RandomGeneratorFactory.of("L64X128MixRandom").create(9));
    private final JwksServer provider = new JwksServer();
    private final ApiKeys keys = new ApiKeys(new KeysInMemory(), CLOCK);
    private SignedTokens tokens;

    @BeforeAll
    static void keys() throws JOSEException {
        rsa = new RSAKeyGenerator(2048).keyID("rsa-1").generate();
        rsaNext = new RSAKeyGenerator(2048).keyID("rsa-2").generate();
        ec = new ECKeyGenerator(Curve.P_256).keyID("ec-1").generate();
    }

    @BeforeEach
    void open() {
        provider.publish(rsa, ec);
        tokens = tokens(Optional.empty(), Optional.empty());
    }

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void tokensSignedWithAPublishedRsaOrEcKeyHold() throws JOSEException {
        assertEquals(Optional.of("x"), subject(signed(rsa, JWSAlgorithm.RS256, claims())));
        assertEquals(Optional.of("x"), subject(signed(ec, claims())));
    }

    @Test
    void theServersOwnTokensHoldBesideThem() {
        Caller ada = new Caller("ada", Optional.empty(), Optional.empty(), Namespace.DEFAULT, Set.of());
        String token = new TokenMint(own, CLOCK).token(ada, Duration.ofMinutes(1));
        assertEquals(Optional.of("ada"), subject(token));
        assertEquals(0, provider.requests());
    }

    @Test
    void anAccessTokenByRfc9068Holds() throws JOSEException {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID("rsa-1")
                        .type(new JOSEObjectType("at+jwt"))
                        .build(),
                claims());
        jwt.sign(new RSASSASigner(rsa));
        assertEquals(Optional.of("x"), subject(jwt.serialize()));
    }

    @Test
    void withoutAProviderItsTokensAreNobodys() throws JOSEException {
        SignedTokens alone = new SignedTokens(own, Optional.empty(), keys, CLOCK);
        assertEquals(
                Optional.empty(),
                alone.judge(signed(rsa, JWSAlgorithm.RS256, claims())).bearer());
        assertEquals(Optional.empty(), alone.judge(signed(ec, claims())).bearer());
    }

    @Test
    void anHmacMadeWithThePublicKeyIsNobodys() throws JOSEException {
        byte[] der = rsa.toRSAPublicKey().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END PUBLIC KEY-----\n";
        String jwk = rsa.toPublicJWK().toJSONString();
        for (byte[] secret :
                List.of(der, pem.getBytes(StandardCharsets.US_ASCII), jwk.getBytes(StandardCharsets.UTF_8))) {
            SignedJWT jwt = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa-1").build(), claims());
            jwt.sign(new MACSigner(secret));
            assertEquals(Optional.empty(), subject(jwt.serialize()));
        }
    }

    @Test
    void aSymmetricKeyInTheDocumentVerifiesNothing() throws JOSEException {
        OctetSequenceKey shared =
                new OctetSequenceKey.Builder(new byte[32]).keyID("oct").build();
        provider.publish("{\"keys\": [" + shared.toJSONString() + "]}");
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("oct").build(), claims());
        jwt.sign(new MACSigner(new byte[32]));
        assertEquals(Optional.empty(), subject(jwt.serialize()));
    }

    @Test
    void otherAlgorithmsOfThePublishedKeysAreNobodys() throws JOSEException {
        for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.RS384, JWSAlgorithm.RS512, JWSAlgorithm.PS256)) {
            assertEquals(Optional.empty(), subject(signed(rsa, algorithm, claims())), algorithm.getName());
        }
    }

    @Test
    void aKeyThatTheTokenBringsAlongIsNotTrusted() throws JOSEException {
        RSAKey stranger = new RSAKeyGenerator(2048).keyID("rsa-1").generate();
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID("rsa-1")
                        .jwk(stranger.toPublicJWK())
                        .jwkURL(provider.address())
                        .build(),
                claims());
        jwt.sign(new RSASSASigner(stranger));
        assertEquals(Optional.empty(), subject(jwt.serialize()));
    }

    @Test
    void issuerAndAudienceMustBeTheRequiredOnes() throws JOSEException {
        tokens = tokens(Optional.of(ISSUER), Optional.of(AUDIENCE));
        JWTClaimsSet both = new JWTClaimsSet.Builder(claims())
                .issuer(ISSUER)
                .audience(List.of("other", AUDIENCE))
                .build();
        assertEquals(Optional.of("x"), subject(signed(ec, both)));
        assertEquals(Optional.empty(), subject(signed(ec, claims())));
        assertEquals(
                Optional.empty(),
                subject(signed(ec, changed(both).issuer("https://evil").build())));
        assertEquals(
                Optional.empty(),
                subject(signed(ec, changed(both).issuer(ISSUER + "/").build())));
        assertEquals(
                Optional.empty(), subject(signed(ec, changed(both).issuer(null).build())));
        assertEquals(
                Optional.empty(),
                subject(signed(ec, changed(both).audience("other").build())));
        assertEquals(
                Optional.empty(),
                subject(signed(ec, changed(both).claim("aud", null).build())));
    }

    @Test
    void expiryIsRequiredOfTheProvidersTokensToo() throws JOSEException {
        assertEquals(
                Optional.empty(),
                subject(signed(ec, changed(claims()).expirationTime(null).build())));
        Date past = Date.from(NOW.minusSeconds(SignedTokens.CLOCK_SKEW_SECONDS + 1));
        assertEquals(
                Optional.empty(),
                subject(signed(ec, changed(claims()).expirationTime(past).build())));
    }

    @Test
    void aProvidersTokenExpiresOnlyWhereItHeldBefore() throws JOSEException {
        tokens = tokens(Optional.of(ISSUER), Optional.of(AUDIENCE));
        JWTClaimsSet over = changed(claims())
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .expirationTime(Date.from(NOW.minusSeconds(SignedTokens.CLOCK_SKEW_SECONDS + 1)))
                .build();
        ECKey stranger = new ECKeyGenerator(Curve.P_256).keyID("ec-1").generate();
        assertEquals(new Verdict.Expired(), tokens.judge(signed(ec, over)));
        assertEquals(new Verdict.Worthless(), tokens.judge(signed(stranger, over)));
        assertEquals(
                new Verdict.Worthless(),
                tokens.judge(signed(ec, changed(over).issuer("https://evil").build())));
        assertEquals(
                new Verdict.Worthless(),
                tokens.judge(signed(ec, changed(over).audience("other").build())));
    }

    @Test
    void theKeyThatAProvidersTokenNamesIsNotAskedFor() throws JOSEException {
        JWTClaimsSet named = changed(claims()).claim(Claims.KEY, "0123456789ab").build();
        assertEquals(Optional.of("x"), subject(signed(ec, named)));
    }

    @Test
    void aKeyPublishedLaterIsFoundWithoutARestart() throws JOSEException {
        assertEquals(Optional.of("x"), subject(signed(rsa, JWSAlgorithm.RS256, claims())));
        provider.publish(rsaNext);
        assertEquals(Optional.of("x"), subject(signed(rsaNext, JWSAlgorithm.RS256, claims())));
        assertEquals(Optional.empty(), subject(signed(rsa, JWSAlgorithm.RS256, claims())));
    }

    @Test
    void theKeysAreFetchedOnceForManyTokensAndNotBeforeTheFirst() throws JOSEException {
        assertEquals(0, provider.requests());
        String token = signed(ec, claims());
        for (int i = 0; i < 20; i++) {
            assertEquals(Optional.of("x"), subject(token));
        }
        assertEquals(1, provider.requests());
    }

    @Test
    void tokensWithInventedKeyIdsCannotMakeTheServerFetchWithoutEnd() throws JOSEException {
        for (int i = 0; i < 50; i++) {
            RSAKey invented = new RSAKey.Builder(rsa).keyID("invented-" + i).build();
            assertEquals(Optional.empty(), subject(signed(invented, JWSAlgorithm.RS256, claims())));
        }
        assertTrue(provider.requests() <= 4, "fetches: " + provider.requests());
    }

    @Test
    void aBrokenOrOversizedOrMissingDocumentMakesTokensNobodys() throws JOSEException {
        String token = signed(ec, claims());
        provider.publish("<html>");
        assertEquals(Optional.empty(), subject(token));

        tokens = tokens(Optional.empty(), Optional.empty());
        provider.publish("{\"keys\": [], \"filler\": \"" + "x".repeat(1 << 20) + "\"}");
        assertEquals(Optional.empty(), subject(token));

        tokens = tokens(Optional.empty(), Optional.empty());
        provider.close();
        assertEquals(Optional.empty(), subject(token));
    }

    private SignedTokens tokens(Optional<String> issuer, Optional<String> audience) {
        return new SignedTokens(
                own, Optional.of(new IdentityProvider(provider.address(), issuer, audience)), keys, CLOCK);
    }

    private Optional<String> subject(String token) {
        return tokens.judge(token).bearer().map(Caller::subject);
    }

    private static JWTClaimsSet claims() {
        return new JWTClaimsSet.Builder()
                .subject("x")
                .expirationTime(Date.from(NOW.plusSeconds(600)))
                .build();
    }

    private static JWTClaimsSet.Builder changed(JWTClaimsSet claims) {
        return new JWTClaimsSet.Builder(claims);
    }

    private static String signed(RSAKey key, JWSAlgorithm algorithm, JWTClaimsSet claims) throws JOSEException {
        return signed(new RSASSASigner(key), new JWSHeader.Builder(algorithm).keyID(key.getKeyID()), claims);
    }

    private static String signed(ECKey key, JWTClaimsSet claims) throws JOSEException {
        return signed(new ECDSASigner(key), new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()), claims);
    }

    private static String signed(JWSSigner signer, JWSHeader.Builder header, JWTClaimsSet claims) throws JOSEException {
        SignedJWT jwt = new SignedJWT(header.build(), claims);
        jwt.sign(signer);
        return jwt.serialize();
    }
}
