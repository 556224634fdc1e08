package dev.versicle.git;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Up to which event a commit in an environment's repository says everything, in the line {@code Event} at the end of
 * its message.
 *
 * @param epoch of the log that has the event
 */
record Mark(String epoch, long number) {
    static final String PROMPT = "Prompt";
    static final String VERSION = "Version";
    static final String COMMIT = "Commit";
    private static final String EVENT = "Event";

    private static final Set<String> KNOWN = Set.of(PROMPT, VERSION, COMMIT, EVENT);
    private static final Pattern SHAPE = Pattern.compile("(.+)-([0-9]{1,18})");
    private static final String GAP = "\n\n";

    /** The whole message of a commit that has this mark. */
    String message(String text, Headers headers) {
        return text.stripTrailing()
                + GAP
                + headers.with(EVENT, epoch + "-" + number).write();
    }

    /** The mark of a commit; empty where another hand wrote its message. */
    static Optional<Mark> read(String message) {
        String text = message.stripTrailing();
        String last = text.substring(Math.max(0, text.lastIndexOf(GAP))).strip();
        return Headers.read(last, KNOWN)
                .flatMap(headers -> headers.value(EVENT))
                .map(SHAPE::matcher)
                .filter(Matcher::matches)
                .map(found -> new Mark(found.group(1), Long.parseLong(found.group(2))));
    }

    /** Whether what this event did is said. */
    boolean covers(Mark event) {
        return epoch.equals(event.epoch) && number >= event.number;
    }
}
