package dev.versicle.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Role;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnTokensTest {
    private static final Instant NOW = Instant.parse("2026-04-22T10:14:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Caller ADA = new Caller(
            "64a1b2c3",
            Optional.of("Ada Lovelace"),
            Optional.of("ada@example.org"),
            new Namespace("engines"),
            Set.of(Role.WRITER, Role.READER));

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(5);
    private final SigningKey key = SigningKey.make(random);
    private final InstantSource clock = InstantSource.fixed(NOW);
    private final ApiKeys keys = new ApiKeys(new KeysInMemory(), clock);
    private final SignedTokens tokens = new SignedTokens(key, Optional.empty(), keys, clock);
    private final TokenMint mint = new TokenMint(key, clock);

    @Test
    void aTokenFromTheMintIsItsCallers() {
        assertEquals(Optional.of(ADA), bearer(mint.token(ADA, HOUR)));
    }

    @Test
    void theSubjectAloneMakesACallerOfTheDefaultNamespaceWithoutRoles() throws JOSEException {
        Caller plain = new Caller("x", Optional.empty(), Optional.empty(), Namespace.DEFAULT, Set.of());
        assertEquals(Optional.of(plain), bearer(signed(claims().build())));
    }

    @Test
    void anExpiredTokenHoldsForTheClockSkewAndNoLonger() {
        String token = mint.token(ADA, HOUR);
        assertEquals(
                Optional.of(ADA),
                at(NOW.plus(HOUR).plusSeconds(59)).judge(token).bearer());
        assertEquals(
                Optional.empty(),
                at(NOW.plus(HOUR).plusSeconds(61)).judge(token).bearer());
    }

    @Test
    void aTokenForLaterHoldsFromTheClockSkewBefore() throws JOSEException {
        String token = signed(claims().notBeforeTime(Date.from(NOW)).build());
        assertEquals(Optional.empty(), at(NOW.minusSeconds(61)).judge(token).bearer());
        assertEquals(
                Optional.of("x"), at(NOW.minusSeconds(59)).judge(token).bearer().map(Caller::subject));
    }

    @Test
    void aTokenWithoutExpiryIsNobodys() throws JOSEException {
        assertEquals(
                Optional.empty(),
                bearer(signed(new JWTClaimsSet.Builder().subject("x").build())));
    }

    @Test
    void aTokenWithoutSubjectIsNobodys() throws JOSEException {
        assertEquals(Optional.empty(), bearer(signed(claims().subject(null).build())));
    }

    @Test
    void anUnsignedTokenIsNobodys() {
        PlainJWT plain = new PlainJWT(claims().build());
        assertEquals(Optional.empty(), bearer(plain.serialize()));
    }

    @Test
    void algNoneWithAnySignatureIsNobodys() throws JOSEException {
        String[] parts = signed(claims().build()).split("\\.", -1);
        for (String alg : List.of("none", "None", "NONE", "nOnE", "")) {
            String header = base64("{\"alg\":\"" + alg + "\",\"typ\":\"JWT\"}");
            assertEquals(Optional.empty(), bearer(header + "." + parts[1] + "."), alg);
            assertEquals(Optional.empty(), bearer(header + "." + parts[1] + "." + parts[2]), alg);
        }
    }

    @Test
    void aTokenSignedWithAnotherKeyIsNobodys() {
        TokenMint other = new TokenMint(SigningKey.make(random), clock);
        assertEquals(Optional.empty(), bearer(other.token(ADA, HOUR)));
    }

    @Test
    void theSameKeyUnderAnotherHmacIsNobodys() throws JOSEException {
        byte[] twice = Arrays.copyOf(key.bytes(), 64);
        for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.HS384, JWSAlgorithm.HS512)) {
            SignedJWT jwt = new SignedJWT(new JWSHeader(algorithm), claims().build());
            jwt.sign(new MACSigner(twice));
            assertEquals(Optional.empty(), bearer(jwt.serialize()), algorithm.getName());
        }
    }

    @Test
    void aTokenWithAKeyIdOfItsOwnChoiceIsStillJudgedByTheServersKey() throws JOSEException {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("anything").build(), claims().build());
        jwt.sign(new MACSigner(key.bytes()));
        assertEquals(Optional.of("x"), bearer(jwt.serialize()).map(Caller::subject));
    }

    @Test
    void aTokenOfAnotherKindIsNobodys() throws JOSEException {
        SignedJWT jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(new JOSEObjectType("dpop+jwt"))
                        .build(),
                claims().build());
        jwt.sign(new MACSigner(key.bytes()));
        assertEquals(Optional.empty(), bearer(jwt.serialize()));
    }

    @Test
    void aTokenWithOneCharacterChangedIsNobodys() {
        String token = mint.token(ADA, HOUR);
        // The last character of each part may carry unused bits, so it is left alone.
        List<Integer> ends = List.of(token.indexOf('.') - 1, token.lastIndexOf('.') - 1, token.length() - 1);
        List<Integer> accepted = new ArrayList<>();
        for (int at = 0; at < token.length(); at++) {
            char other = token.charAt(at) == 'A' ? 'B' : 'A';
            String changed = token.substring(0, at) + other + token.substring(at + 1);
            if (!ends.contains(at) && bearer(changed).isPresent()) {
                accepted.add(at);
            }
        }
        assertEquals(List.of(), accepted);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", ".", "..", "...", "a.b.c", "eyJhbGciOiJIUzI1NiJ9", "eyJhbGciOiJIUzI1NiJ9..", "💥.💥.💥"
            })
    void whatIsNoTokenIsNobodys(String text) {
        assertEquals(Optional.empty(), bearer(text));
    }

    @Test
    void deeplyNestedClaimsAreNobodysAndNoFailure() throws JOSEException {
        String claims = "{\"sub\":\"x\",\"exp\":4102444800,\"a\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}";
        assertEquals(Optional.empty(), bearer(signed(claims)));
    }

    static Stream<String> claimsThatNoCallerCanHave() {
        return Stream.of(
                "\"sub\": 7",
                "\"sub\": null",
                "\"sub\": \"\"",
                "\"sub\": \" \"",
                "\"sub\": \"a\\nb\"",
                "\"sub\": \"a\\u0000b\"",
                "\"sub\": \"\\ud800\"",
                "\"sub\": \"" + "x".repeat(201) + "\"",
                "\"sub\": \"x\", \"name\": 7",
                "\"sub\": \"x\", \"name\": [\"Ada\"]",
                "\"sub\": \"x\", \"name\": \"Ada\\u001b[2J\"",
                "\"sub\": \"x\", \"email\": {\"a\": 1}",
                "\"sub\": \"x\", \"email\": \"a@b\\r\\nBcc: c\"",
                "\"sub\": \"x\", \"namespace\": true",
                "\"sub\": \"x\", \"namespace\": \"\"",
                "\"sub\": \"x\", \"namespace\": \"../etc\"",
                "\"sub\": \"x\", \"namespace\": \"Upper\"",
                "\"sub\": \"x\", \"namespace\": \"0123456789abcdef01234567\"",
                "\"sub\": \"x\", \"roles\": 1",
                "\"sub\": \"x\", \"roles\": {\"admin\": true}",
                "\"sub\": \"x\", \"roles\": [\"admin\", 1]",
                "\"sub\": \"x\", \"roles\": [null]",
                "\"sub\": \"x\", \"roles\": [[\"admin\"]]");
    }

    @ParameterizedTest
    @MethodSource("claimsThatNoCallerCanHave")
    void aTokenWithSuchAClaimIsNobodys(String claims) throws JOSEException {
        assertEquals(Optional.empty(), bearer(signed("{" + claims + ", \"exp\": 4102444800}")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"4102444800\"", "true", "null", "[]", "-1", "0", "1e400", "99999999999999999999999"})
    void anExpiryThatIsNoTimeToComeIsNobodys(String expiry) throws JOSEException {
        assertEquals(Optional.empty(), bearer(signed("{\"sub\": \"x\", \"exp\": " + expiry + "}")));
    }

    @Test
    void rolesAreReadAsAListOrAsOneAndUnknownOnesPassedOver() throws JOSEException {
        Map<String, Set<Role>> expected = Map.of(
                "[]", Set.of(),
                "null", Set.of(),
                "\"\"", Set.of(),
                "\"admin\"", Set.of(Role.ADMIN),
                "\"ADMIN\"", Set.of(),
                "\"reader writer\"", Set.of(),
                "[\"reader\", \"writer\"]", Set.of(Role.READER, Role.WRITER),
                "[\"root\", \"writer\", \"writer\"]", Set.of(Role.WRITER));
        for (Map.Entry<String, Set<Role>> each : expected.entrySet()) {
            String token = signed("{\"sub\": \"x\", \"exp\": 4102444800, \"roles\": " + each.getKey() + "}");
            assertEquals(Optional.of(each.getValue()), bearer(token).map(Caller::roles), each.getKey());
        }
    }

    @Test
    void blankNameAndEmailAreAbsent() throws JOSEException {
        String token = signed("{\"sub\": \"x\", \"exp\": 4102444800, \"name\": \"\", \"email\": \" \"}");
        assertEquals(
                Optional.of(new Caller("x", Optional.empty(), Optional.empty(), Namespace.DEFAULT, Set.of())),
                bearer(token));
    }

    @Test
    void issuerAndAudienceAreAskedOfNoTokenOfOurOwn() throws JOSEException {
        String token = signed(claims().issuer("anybody").audience("anyone").build());
        assertEquals(Optional.of("x"), bearer(token).map(Caller::subject));
    }

    @Test
    void aGenuineTokenWhoseTimeIsOverHasExpired() throws JOSEException {
        Instant over = NOW.plus(HOUR).plusSeconds(SignedTokens.CLOCK_SKEW_SECONDS + 1);
        assertEquals(new Verdict.Expired(), at(over).judge(mint.token(ADA, HOUR)));
        assertEquals(new Verdict.Holds(ADA), at(NOW).judge(mint.token(ADA, HOUR)));
    }

    @Test
    void anExpiredTokenOfAnotherKeyOrOfNoCallerIsWorthless() throws JOSEException {
        TokenMint other = new TokenMint(SigningKey.make(random), clock);
        String changed = mint.token(ADA, HOUR.negated()).replaceFirst("\\.[^.]*$", ".c2lnbmVkIGJ5IG5vYm9keQ");
        assertEquals(new Verdict.Worthless(), tokens.judge(other.token(ADA, HOUR.negated())));
        assertEquals(new Verdict.Worthless(), tokens.judge(changed));
        assertEquals(new Verdict.Worthless(), tokens.judge(signed("{\"sub\": \"\", \"exp\": 1}")));
        assertEquals(new Verdict.Expired(), tokens.judge(signed("{\"sub\": \"x\", \"exp\": 1}")));
    }

    private Optional<Caller> bearer(String token) {
        return tokens.judge(token).bearer();
    }

    private SignedTokens at(Instant moment) {
        return new SignedTokens(key, Optional.empty(), keys, InstantSource.fixed(moment));
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder().subject("x").expirationTime(Date.from(NOW.plus(HOUR)));
    }

    private String signed(JWTClaimsSet claims) throws JOSEException {
        SignedJWT jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims);
        jwt.sign(new MACSigner(key.bytes()));
        return jwt.serialize();
    }

    /** Signs claims as they are written, which may be no claims at all. */
    private String signed(String claims) throws JOSEException {
        JWSHeader header = new JWSHeader(JWSAlgorithm.HS256);
        String content = header.toBase64URL() + "." + base64(claims);
        return content + "." + new MACSigner(key.bytes()).sign(header, content.getBytes(StandardCharsets.US_ASCII));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
