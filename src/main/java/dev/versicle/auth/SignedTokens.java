package dev.versicle.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.proc.SingleKeyJWSKeySelector;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import com.nimbusds.jwt.proc.JWTProcessor;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.PromptException;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tells who bears a JWT. The server's own key verifies HS256 and nothing else, an identity provider's keys RS256 and
 * ES256 and nothing else; {@code exp} is required, {@code nbf} honoured, both with {@link #CLOCK_SKEW_SECONDS} of
 * leave. Issuer and audience are asked of the identity provider's tokens only. A token of the server's own
 * that was given for an API key holds only as long as the key does.
 */
public final class SignedTokens {
    /** How far another machine's clock may be off. */
    static final int CLOCK_SKEW_SECONDS = 60;

    private static final Set<JWSAlgorithm> OWN = Set.of(JWSAlgorithm.HS256);
    private static final Set<JWSAlgorithm> OUTSIDE = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256);

    private final ApiKeys keys;
    private final InstantSource clock;
    private final JWTProcessor<SecurityContext> own;
    private final Optional<JWTProcessor<SecurityContext>> outside;

    public SignedTokens(SigningKey key, Optional<IdentityProvider> provider, ApiKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
        this.own = processor(
                new SingleKeyJWSKeySelector<>(JWSAlgorithm.HS256, new SecretKeySpec(key.bytes(), "HmacSHA256")),
                Optional.empty(),
                Optional.empty());
        this.outside = provider.map(this::processor);
    }

    /** Whose token this is. May ask the identity provider for its keys. */
    Verdict judge(String token) {
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            JWSAlgorithm algorithm = jwt.getHeader().getAlgorithm();
            if (OWN.contains(algorithm)) {
                return judge(jwt, own, true);
            }
            return OUTSIDE.contains(algorithm) && outside.isPresent()
                    ? judge(jwt, outside.get(), false)
                    : new Verdict.Worthless();
        } catch (ParseException | BadJOSEException | JOSEException | PromptException e) {
            // How it failed helps only who forges tokens; what the operator must know, ProviderKeys logs.
            return new Verdict.Worthless();
        }
    }

    private Verdict judge(SignedJWT jwt, JWTProcessor<SecurityContext> processor, boolean ours)
            throws ParseException, BadJOSEException, JOSEException {
        boolean expired = isExpired(jwt, processor);
        Map<String, Object> claims = jwt.getPayload().toJSONObject();
        Caller caller = Claims.read(claims);
        if (expired) {
            return new Verdict.Expired();
        }
        // An identity provider's tokens know nothing of our keys, whatever they call their claims.
        Optional<String> key = ours ? Claims.key(claims) : Optional.empty();
        return key.map(id -> keys.judge(caller, id)).orElseGet(() -> new Verdict.Holds(caller));
    }

    /** Whether the token held once and its time is over: Nimbus looks at the clock after everything else. */
    private static boolean isExpired(SignedJWT jwt, JWTProcessor<SecurityContext> processor)
            throws BadJOSEException, JOSEException {
        try {
            processor.process(jwt, null);
            return false;
        } catch (ExpiredJWTException e) {
            return true;
        }
    }

    private JWTProcessor<SecurityContext> processor(IdentityProvider provider) {
        JWKSource<SecurityContext> keys = ProviderKeys.of(provider.keys());
        return processor(new JWSVerificationKeySelector<>(OUTSIDE, keys), provider.issuer(), provider.audience());
    }

    private JWTProcessor<SecurityContext> processor(
            JWSKeySelector<SecurityContext> keys, Optional<String> issuer, Optional<String> audience) {
        JWTClaimsSet.Builder exact = new JWTClaimsSet.Builder();
        issuer.ifPresent(exact::issuer);
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        // RFC 9068 names its access tokens at+jwt; many providers name none.
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(keys);
        processor.setJWTClaimsSetVerifier(new ClockedVerifier(clock, exact.build(), audience));
        return processor;
    }

    /** Nimbus' verifier, with our clock. */
    private static final class ClockedVerifier extends DefaultJWTClaimsVerifier<SecurityContext> {
        private final InstantSource clock;

        ClockedVerifier(InstantSource clock, JWTClaimsSet exact, Optional<String> audience) {
            super(accepted(audience), exact, Set.of(Claims.SUBJECT, Claims.EXPIRY), null);
            this.clock = clock;
            setMaxClockSkew(CLOCK_SKEW_SECONDS);
        }

        /** Nimbus takes null for "any audience, or none", and asks the set whether it has null. */
        private static @Nullable Set<String> accepted(Optional<String> audience) {
            return audience.isEmpty() ? null : new HashSet<>(Set.of(audience.get()));
        }

        /** Refuses {@code "exp": null}, too, which for Nimbus is an expiry that is there. */
        @Override
        public void verify(JWTClaimsSet claims, @Nullable SecurityContext context) throws BadJWTException {
            super.verify(claims, context);
            if (claims.getExpirationTime() == null) {
                throw new BadJWTException("no expiry");
            }
        }

        @Override
        protected Date currentTime() {
            return Date.from(clock.instant());
        }
    }
}
