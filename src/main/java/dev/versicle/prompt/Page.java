package dev.versicle.prompt;

import java.util.List;

/** A window on a list: {@code items} from {@code offset} on, of {@code total}. */
public record Page<T>(List<T> items, long total) {
    public Page {
        items = List.copyOf(items);
    }

    /** Which window is asked for; {@code number} counts from 1. */
    public record Window(int number, int limit) {
        public static final int LIMIT_MAX = 100;
        public static final int LIMIT_DEFAULT = 20;
        public static final int NUMBER_MAX = 1_000_000;

        public Window {
            if (number < 1 || number > NUMBER_MAX) {
                throw Texts.invalid("page", "must be from 1 to " + NUMBER_MAX);
            }
            if (limit < 1 || limit > LIMIT_MAX) {
                throw Texts.invalid("limit", "must be from 1 to " + LIMIT_MAX);
            }
        }

        public int offset() {
            return (number - 1) * limit;
        }
    }
}
