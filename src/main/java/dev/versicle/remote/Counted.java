package dev.versicle.remote;

import dev.versicle.prompt.ImportStep;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server says while it counts what it is going to send, of which the number alone goes on. */
final class Counted {
    /** Git says it once for each per cent. */
    static final int STEPS_MAX = 100;

    private static final Pattern COUNT =
            Pattern.compile("(?:Enumerating|Counting) objects: +(?:[0-9]{1,3}% +\\( *)?([0-9]{1,9})");

    private final Consumer<ImportStep> told;
    private long last;
    private int steps;

    Counted(Consumer<ImportStep> told) {
        this.told = told;
    }

    void hears(byte[] words) {
        Matcher count = COUNT.matcher(new String(words, StandardCharsets.ISO_8859_1));
        if (count.find() && Long.parseLong(count.group(1)) > last && steps < STEPS_MAX) {
            last = Long.parseLong(count.group(1));
            steps++;
            told.accept(new ImportStep.Counting(last));
        }
    }
}
