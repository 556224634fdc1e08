package dev.versicle.prompt;

import java.util.List;

/** A window on a list: {@code items} from {@code offset} on, of {@code total}. */
public record Page<T>(List<T> items, long total) {
    public Page {
        items = List.copyOf(items);
    }

    /** Which part of a list is asked for, by how many items stand before it. */
    public record Part(int offset, int limit) {
        public static final int OFFSET_MAX = 100_000_000;

        public Part {
            if (offset < 0 || offset > OFFSET_MAX) {
                throw Texts.invalid("offset", "must be from 0 to " + OFFSET_MAX);
            }
            if (limit < 1 || limit > Window.LIMIT_MAX) {
                throw Texts.invalid("limit", "must be from 1 to " + Window.LIMIT_MAX);
            }
        }
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
