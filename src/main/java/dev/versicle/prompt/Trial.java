package dev.versicle.prompt;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A request to try a prompt out.
 *
 * @param model which is asked; where absent the rendered text is all there is
 * @param text the prompt itself, with placeholders
 * @param variables what stands for the placeholders
 */
public record Trial(
        Optional<ModelName> model, PromptText text, SortedMap<String, String> variables, Sampling sampling) {
    public static final int VARIABLES_MAX = 1_000;

    public Trial {
        if (variables.size() > VARIABLES_MAX) {
            throw Texts.invalid("promptVariables", "must be at most " + VARIABLES_MAX);
        }
        variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
    }

    /** A trial with these variables, in whatever order. */
    public static Trial of(
            Optional<ModelName> model, PromptText text, Map<String, String> variables, Sampling sampling) {
        return new Trial(model, text, new TreeMap<>(variables), sampling);
    }

    /**
     * How the model shall choose its words; what is absent is left to the provider.
     *
     * @param stops texts at which the answer ends
     * @param json whether the answer shall be a JSON object
     */
    public record Sampling(
            Optional<Double> temperature,
            Optional<Double> topP,
            Optional<Integer> tokensMax,
            List<String> stops,
            boolean json) {
        public static final int STOPS_MAX = 100;
        public static final int STOP_CHARACTERS_MAX = 200;
        public static final double TEMPERATURE_MAX = 2;
        public static final int TOKENS_MAX = 1_000_000;

        public Sampling {
            stops = List.copyOf(stops);
            require(stops.size() <= STOPS_MAX, "stopWords", "must be at most " + STOPS_MAX);
            stops.forEach(stop -> Texts.block("stopWords", stop, STOP_CHARACTERS_MAX));
            require(within(temperature, TEMPERATURE_MAX), "temperature", "must be from 0 to " + TEMPERATURE_MAX);
            require(within(topP, 1), "topP", "must be from 0 to 1");
            require(
                    tokensMax.map(tokens -> tokens > 0 && tokens <= TOKENS_MAX).orElse(true),
                    "maxTokens",
                    "must be from 0 to " + TOKENS_MAX);
        }

        private static boolean within(Optional<Double> value, double max) {
            return value.map(number -> number >= 0 && number <= max).orElse(true);
        }

        private static void require(boolean holds, String field, String rule) {
            if (!holds) {
                throw Texts.invalid(field, rule);
            }
        }
    }
}
