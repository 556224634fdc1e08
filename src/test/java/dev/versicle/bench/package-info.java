/**
 * How fast it is: {@code mvn -q -Pbench verify}. {@link dev.versicle.bench.Bench} is the plan; the README says what
 * each row means.
 */
@NullMarked
package dev.versicle.bench;

import org.jspecify.annotations.NullMarked;
