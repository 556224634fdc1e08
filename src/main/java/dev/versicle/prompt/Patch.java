package dev.versicle.prompt;

import dev.versicle.prompt.Diff.FileDiff;
import dev.versicle.prompt.Diff.Hunk;
import dev.versicle.prompt.Diff.Line;
import dev.versicle.prompt.Diff.Side;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a comparison as Git writes a diff, so that {@code git apply} takes it: media type {@code text/x-diff}, in
 * UTF-8. Ids are whole, so that files that are no text can be applied, too, where their blobs are.
 */
public final class Patch {
    private static final String NO_ID = "0".repeat(40);
    private static final String NOWHERE = "/dev/null";

    private static final int DELETE = 0x7f;

    private static final Map<Integer, String> ESCAPES = Map.of(
            (int) '"',
            "\\\"",
            (int) '\\',
            "\\\\",
            0x07,
            "\\a",
            (int) '\b',
            "\\b",
            (int) '\t',
            "\\t",
            (int) '\n',
            "\\n",
            0x0b,
            "\\v",
            (int) '\f',
            "\\f",
            (int) '\r',
            "\\r");

    private Patch() {}

    public static String of(Diff diff) {
        StringBuilder text = new StringBuilder();
        try {
            write(diff, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    public static void write(Diff diff, Appendable out) throws IOException {
        for (FileDiff file : diff.files()) {
            write(file, out);
        }
    }

    private static void write(FileDiff file, Appendable out) throws IOException {
        String before = quoted("a/" + file.path());
        String after = quoted("b/" + file.path());
        out.append("diff --git ").append(before).append(' ').append(after).append('\n');
        writeModes(file, out);
        String from = file.from().isPresent() ? before : NOWHERE;
        String to = file.to().isPresent() ? after : NOWHERE;
        if (file.binary()) {
            out.append("Binary files ").append(from).append(" and ").append(to).append(" differ\n");
        }
        if (!file.hunks().isEmpty()) {
            out.append("--- ").append(ended(from)).append('\n');
            out.append("+++ ").append(ended(to)).append('\n');
        }
        for (Hunk hunk : file.hunks()) {
            write(hunk, out);
        }
    }

    private static void writeModes(FileDiff file, Appendable out) throws IOException {
        Optional<String> before = file.from().map(Side::mode);
        Optional<String> after = file.to().map(Side::mode);
        if (before.isEmpty()) {
            out.append("new file mode ").append(after.orElseThrow()).append('\n');
        } else if (after.isEmpty()) {
            out.append("deleted file mode ").append(before.get()).append('\n');
        } else if (!before.equals(after)) {
            out.append("old mode ").append(before.get()).append('\n');
            out.append("new mode ").append(after.get()).append('\n');
        }
        String from = file.from().map(Side::id).orElse(NO_ID);
        String to = file.to().map(Side::id).orElse(NO_ID);
        if (!from.equals(to)) {
            out.append("index ").append(from).append("..").append(to);
            out.append(before.equals(after) ? " " + after.orElseThrow() : "").append('\n');
        }
    }

    private static void write(Hunk hunk, Appendable out) throws IOException {
        out.append("@@ -").append(range(hunk.oldStart(), hunk.oldLines()));
        out.append(" +").append(range(hunk.newStart(), hunk.newLines())).append(" @@\n");
        for (Line line : hunk.lines()) {
            out.append(sign(line.kind())).append(line.text()).append('\n');
            if (!line.ended()) {
                out.append("\\ No newline at end of file\n");
            }
        }
    }

    private static String range(int start, int lines) {
        return lines == 1 ? Integer.toString(start) : start + "," + lines;
    }

    private static char sign(Line.Kind kind) {
        return switch (kind) {
            case CONTEXT -> ' ';
            case ADDED -> '+';
            case REMOVED -> '-';
        };
    }

    /** Git ends a path that has a blank with a tab, so that no date is read into it. */
    private static String ended(String path) {
        return path.indexOf(' ') >= 0 ? path + "\t" : path;
    }

    /** As Git's {@code core.quotePath} has it: bytes outside of printing ASCII are written in octal. */
    private static String quoted(String path) {
        StringBuilder quoted = new StringBuilder();
        for (byte signed : path.getBytes(StandardCharsets.UTF_8)) {
            int value = Byte.toUnsignedInt(signed);
            if (ESCAPES.containsKey(value)) {
                quoted.append(ESCAPES.get(value));
            } else if (value < ' ' || value >= DELETE) {
                quoted.append(String.format("\\%03o", value));
            } else {
                quoted.append((char) value);
            }
        }
        return quoted.length() == path.length() ? path : "\"" + quoted + "\"";
    }
}
