/**
 * The heart: the vocabulary of prompts and the rules. Every request enters through {@link dev.versicle.prompt.Prompts};
 * what lies beyond it is asked through the ports that this room declares ({@link dev.versicle.prompt.PromptStore},
 * {@link dev.versicle.prompt.PromptIndex}, {@link dev.versicle.prompt.Integrations}, {@link
 * dev.versicle.prompt.ModelGateway}, {@link dev.versicle.prompt.KeyRing}, {@link dev.versicle.prompt.Tokens}, {@link
 * dev.versicle.prompt.Namespaces}). It knows neither HTTP nor Git nor JSON, and imports only {@code java.*}.
 */
@NullMarked
package dev.versicle.prompt;

import org.jspecify.annotations.NullMarked;
