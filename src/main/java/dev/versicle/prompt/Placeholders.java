package dev.versicle.prompt;

import java.util.Collections;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The places in a prompt's text that wait for values, written <code>${name}</code>. A name is 1 to 200 characters of
 * one line without {@code $}, <code>{</code> and <code>}</code>, blanks around it not counted. As in Conductor's own
 * expressions, <code>$${name}</code> is the text <code>${name}</code> and waits for nothing.
 *
 * @param names each once, in order
 */
public record Placeholders(SortedSet<String> names) {
    public static final int CHARACTERS_MAX = 200;

    public static final int RENDERED_BYTES_MAX = 4 << 20;

    /** A name with the blanks around it, as a group. */
    static final String NAME = "([^${}\\p{Cntrl}]{1," + CHARACTERS_MAX + "})";

    static final String PLACE = "\\$\\{" + NAME + "\\}";

    private static final Pattern SHAPE = Pattern.compile("(?<!\\$)" + PLACE);

    /** A place, or the text that looks like one. */
    private static final Pattern WRITTEN = Pattern.compile("\\$?" + PLACE);

    public Placeholders {
        names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }

    public static Placeholders of(String text) {
        return new Placeholders(SHAPE.matcher(text)
                .results()
                .map(Placeholders::name)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /**
     * The text with the values in their places, and <code>$${name}</code> as <code>${name}</code>. A place without a
     * value stays as it is; a value is put as it is, and never looked through for places. Throws {@link
     * Problem.TooLarge}.
     */
    static String render(String text, Map<String, String> values) {
        StringBuilder rendered = new StringBuilder();
        Matcher found = WRITTEN.matcher(text);
        while (found.find()) {
            String whole = found.group();
            String put = whole.startsWith("$$")
                    ? whole.substring(1)
                    : values.getOrDefault(found.group(1).strip(), whole);
            found.appendReplacement(rendered, Matcher.quoteReplacement(put));
            // Each character takes a byte at least.
            requireRoom(rendered.length());
        }
        String all = found.appendTail(rendered).toString();
        requireRoom(Texts.utf8Bytes("promptVariables", all));
        return all;
    }

    static void requireRoom(int bytes) {
        if (bytes > RENDERED_BYTES_MAX) {
            throw new PromptException(new Problem.TooLarge("The rendered prompt", RENDERED_BYTES_MAX));
        }
    }

    private static String name(MatchResult found) {
        return found.group(1).strip();
    }
}
