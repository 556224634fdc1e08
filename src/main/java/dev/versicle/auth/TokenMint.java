package dev.versicle.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.versicle.prompt.Caller;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;

/** Makes this server's own tokens. */
public final class TokenMint {
    private final JWSSigner signer;
    private final InstantSource clock;

    public TokenMint(SigningKey key, InstantSource clock) {
        try {
            this.signer = new MACSigner(key.bytes());
        } catch (JOSEException e) {
            throw new IllegalStateException("32 bytes are a key for HS256", e);
        }
        this.clock = clock;
    }

    /** A JWT that says the bearer is {@code caller}, for {@code lifetime} from now. */
    public String token(Caller caller, Duration lifetime) {
        return signed(Claims.write(caller), lifetime);
    }

    /** The same, holding no longer than the API key with this id. */
    String token(Caller caller, String keyId, Duration lifetime) {
        return signed(Claims.write(caller).claim(Claims.KEY, keyId), lifetime);
    }

    private String signed(JWTClaimsSet.Builder claims, Duration lifetime) {
        Instant now = clock.instant();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(JOSEObjectType.JWT)
                        .build(),
                claims.issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(lifetime)))
                        .build());
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new IllegalStateException("every Java has HMAC with SHA-256", e);
        }
        return token.serialize();
    }
}
