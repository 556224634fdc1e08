package dev.versicle.prompt;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;

/** Fills a prompt's text with values, for our own API: every place must get one. */
public final class Rendering {
    private Rendering() {}

    /**
     * The text with the values in the places of its {@link Variables}, and <code>$${name}</code> as
     * <code>${name}</code>. A value is put as it is, and never looked through for places; one that nothing waits for
     * is left out. Throws {@link Problem.MissingVariables} with all that are missing, {@link Problem.TooLarge}.
     */
    public static String render(String text, Map<String, String> values) {
        SortedSet<String> missing = new TreeSet<>(Variables.of(text));
        missing.removeAll(values.keySet());
        if (!missing.isEmpty()) {
            throw new PromptException(new Problem.MissingVariables(missing));
        }
        StringBuilder rendered = new StringBuilder();
        Matcher found = Variables.WRITTEN.matcher(text);
        while (found.find()) {
            found.appendReplacement(rendered, Matcher.quoteReplacement(put(found.toMatchResult(), values)));
            Placeholders.requireRoom(rendered.length());
        }
        String all = found.appendTail(rendered).toString();
        Placeholders.requireRoom(Texts.utf8Bytes("variables", all));
        return all;
    }

    private static String put(MatchResult found, Map<String, String> values) {
        String whole = found.group();
        if (whole.startsWith("$$")) {
            return whole.substring(1);
        }
        return values.getOrDefault(Variables.name(found), whole);
    }
}
