/**
 * The lock on the doors: what stands behind {@code Authorization: Bearer …} or {@code X-Authorization}, and at Git's
 * door behind {@code Authorization: Basic …} ({@code TokenHeaders}), becomes a {@link dev.versicle.prompt.Caller}, or
 * nobody.
 *
 * <p>Two kinds of token open it, told apart by their first letters, and neither is ever tried as the other:
 *
 * <ul>
 *   <li>an <b>API key</b>, {@code vsk_<id>_<secret>} ({@link dev.versicle.auth.ApiKeyText}); the {@link
 *       dev.versicle.prompt.KeyRing} knows its hash and its bearer;
 *   <li>a <b>JWT</b> ({@link dev.versicle.auth.SignedTokens}): signed by this server with HS256 ({@link
 *       dev.versicle.auth.TokenMint}), or by an outside {@link dev.versicle.auth.IdentityProvider} with RS256 or ES256.
 *       Which algorithms a key may verify is fixed per key and never taken from the token.
 * </ul>
 *
 * <p>A key can be exchanged for a JWT ({@link dev.versicle.auth.KeyExchange}), which names the key in a claim and holds
 * only as long as the key does. So a removed key shuts out at once whoever came in by it; the price is one look at the
 * key ring for each request, the same as for the key itself.
 *
 * <p>{@code TokenHeaders} is the only {@code TokenReader} and {@code DoorLock} the only {@code TokenValidator};
 * micronaut-security's own are switched off in {@code application.yml}. A token that does not hold makes nobody of the
 * caller, and one that has expired leaves word of it in the request: what a route without a caller answers is the
 * business of its {@code @Secured} and of the error desk. An endpoint takes a parameter {@code Caller caller} ({@code
 * CallerBinder}) and never sees the token; one whose answer may outlast it asks again ({@code TokenAdmission}).
 *
 * <p>Tokens, secrets and keys are written to no log; {@code logback.xml} silences the framework's loggers that would.
 */
@NullMarked
package dev.versicle.auth;

import org.jspecify.annotations.NullMarked;
