/**
 * What an operator's graphs are made of, and {@code /prometheus}, where they are read. It stands beside the heart:
 * {@link dev.versicle.metrics.MeteredStore} times what passes between heart and cellar, and neither knows of it; {@code
 * RequestTimers} is told of every request by the doors; {@link dev.versicle.metrics.HouseMeters} asks for numbers
 * through what it is given. No value of a label comes from a caller.
 */
@NullMarked
package dev.versicle.metrics;

import org.jspecify.annotations.NullMarked;
