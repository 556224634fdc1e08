package dev.versicle.prompt;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the log of events: behind the event with this number.
 *
 * @param epoch the log's; numbers of another epoch mean nothing in it
 */
public record EventMark(String epoch, long number) {
    private static final Pattern SHAPE = Pattern.compile("([0-9a-f]{1,64})-([0-9]{1,18})");

    /** Reads what {@link #text} wrote; {@code field} is what the text is called where it was given. */
    public static EventMark parse(String field, String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw Texts.invalid(field, "must be the id of an event");
        }
        return new EventMark(matcher.group(1), Long.parseLong(matcher.group(2)));
    }

    /** {@code <epoch>-<number>}, the event's id for everybody who follows events. */
    public String text() {
        return epoch + "-" + number;
    }
}
