package dev.versicle.auth;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Role;
import java.text.ParseException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A caller in a token's claims: {@code sub} (required), {@code name}, {@code email}, {@code namespace} (where absent,
 * {@code default}) and {@code roles} (strings, or one string; one that is no role of ours is passed over).
 */
final class Claims {
    static final String SUBJECT = "sub";
    static final String EXPIRY = "exp";
    /** The id of the API key that one of our own tokens was given for; in other tokens it means nothing. */
    static final String KEY = "versicle_key";

    private static final String NAME = "name";
    private static final String EMAIL = "email";
    private static final String NAMESPACE = "namespace";
    private static final String ROLES = "roles";

    private Claims() {}

    /**
     * The caller that the claims name; they come as JSON, because Nimbus' own claims set makes the number 7 a subject
     * "7". A claim of another type is a {@link ParseException}, a value that no caller can
     * have a {@link dev.versicle.prompt.PromptException}.
     */
    static Caller read(Map<String, Object> claims) throws ParseException {
        String subject = text(claims, SUBJECT).orElseThrow(() -> new ParseException("no subject", 0));
        Namespace namespace = text(claims, NAMESPACE).map(Namespace::new).orElse(Namespace.DEFAULT);
        return new Caller(subject, text(claims, NAME), text(claims, EMAIL), namespace, roles(claims));
    }

    /** The id of the API key that the token was given for, if it was given for one. */
    static Optional<String> key(Map<String, Object> claims) throws ParseException {
        return text(claims, KEY);
    }

    static JWTClaimsSet.Builder write(Caller caller) {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .subject(caller.subject())
                .claim(NAMESPACE, caller.namespace().text())
                .claim(ROLES, caller.roles().stream().map(Role::text).sorted().toList());
        caller.name().ifPresent(name -> claims.claim(NAME, name));
        caller.email().ifPresent(email -> claims.claim(EMAIL, email));
        return claims;
    }

    private static Optional<String> text(Map<String, Object> claims, String claim) throws ParseException {
        return switch (claims.get(claim)) {
            case null -> Optional.empty();
            case String text -> Optional.of(text);
            default -> throw new ParseException(claim + " is no string", 0);
        };
    }

    private static Set<Role> roles(Map<String, Object> claims) throws ParseException {
        Collection<?> given = switch (claims.get(ROLES)) {
            case null -> List.of();
            case Collection<?> several -> several;
            case Object one -> List.of(one);
        };
        Set<Role> roles = new HashSet<>();
        for (Object role : given) {
            if (!(role instanceof String word)) {
                throw new ParseException("a role that is no string", 0);
            }
            Role.find(word).ifPresent(roles::add);
        }
        return roles;
    }
}
