/**
 * The way out: asks the providers of models that administrators registered. {@link
 * dev.versicle.provider.ChatCompletions} is all of it, an implementation of the heart's {@link
 * dev.versicle.prompt.ModelGateway}; nothing else in the house calls a foreign server for a caller. What comes in from
 * there is bounded in time and size, and none of it but the model's answer goes further.
 */
@NullMarked
package dev.versicle.provider;

import org.jspecify.annotations.NullMarked;
