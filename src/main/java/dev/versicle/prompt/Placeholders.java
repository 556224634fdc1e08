package dev.versicle.prompt;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The places in a prompt's text that wait for values, written <code>${name}</code>. A name is 1 to 200 characters of one
 * line without {@code $}, <code>{</code> and <code>}</code>, blanks around it not counted. As in Conductor's own
 * expressions, <code>$${name}</code> is the text <code>${name}</code> and waits for nothing.
 *
 * @param names each once, in order
 */
public record Placeholders(SortedSet<String> names) {
    public static final int CHARACTERS_MAX = 200;

    private static final Pattern SHAPE =
            Pattern.compile("(?<!\\$)\\$\\{([^${}\\p{Cntrl}]{1," + CHARACTERS_MAX + "})\\}");

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

    private static String name(MatchResult found) {
        return found.group(1).strip();
    }
}
