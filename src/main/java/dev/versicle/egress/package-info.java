/**
 * The guarded way out: calls to addresses that a caller named, and that this server must therefore not trust. {@link
 * dev.versicle.egress.AddressRules} says which addresses may be called; {@link dev.versicle.egress.Egress} looks a name
 * up, judges every address that comes of it, and dials one of those and no other. No redirect is followed, no proxy
 * asked, nothing is kept between calls.
 */
@NullMarked
package dev.versicle.egress;

import org.jspecify.annotations.NullMarked;
