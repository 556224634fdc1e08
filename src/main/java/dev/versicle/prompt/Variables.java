package dev.versicle.prompt;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The variables of a prompt's text, in both ways of writing them: <code>${name}</code> and <code>{{name}}</code>. For
 * names, and for <code>$${name}</code>, the rules of {@link Placeholders} hold.
 */
public final class Variables {
    /** A place, or the text that looks like one; the name is in the one group or the other. */
    static final Pattern WRITTEN =
            Pattern.compile("\\$?" + Placeholders.PLACE + "|\\{\\{" + Placeholders.NAME + "\\}\\}");

    private Variables() {}

    /** The names, each once, in order. */
    public static SortedSet<String> of(String text) {
        return Collections.unmodifiableSortedSet(WRITTEN.matcher(text)
                .results()
                .filter(Variables::waits)
                .map(Variables::name)
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Whether a match is a place that waits for a value. */
    static boolean waits(MatchResult found) {
        return !found.group().startsWith("$$") && !name(found).isEmpty();
    }

    static String name(MatchResult found) {
        String inDollars = found.group(1);
        return (inDollars == null ? found.group(2) : inDollars).strip();
    }
}
