package dev.versicle.git;

import dev.versicle.prompt.PromptName;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The directory that a prompt has in an environment's repository. It follows from the prompt's name alone, so that no
 * other prompt's coming or going moves it, and tells the name again. No two names have one directory, not even to a
 * file system that takes capitals or composed characters for others, and none lies within another's.
 *
 * <p>A slash in the name divides levels; the levels above the last begin with a plus sign: {@code team/greeting} is in
 * {@code +team/greeting}, so that a prompt {@code team} may have a file {@code greeting}. Lower-case ASCII letters,
 * digits, {@code _}, {@code -} and {@code .} stand for themselves, every other byte of UTF-8 is {@code %} and two
 * upper-case hex digits. So is the first byte of what begins with a dot or a hyphen, of what Windows takes for a
 * device, and of what has a meaning in the root; and a dot at the end. What is empty is {@code %}. A level that would
 * be too long for a file system goes on in the next, and begins with two plus signs then.
 */
record PromptDirectory(List<String> levels) {
    private static final int LEVEL_CHARACTERS_MAX = 200;
    private static final int ESCAPE_CHARACTERS = 3;
    private static final String FOLDER = "+";
    private static final String GOES_ON = "++";
    private static final String EMPTY = "%";
    private static final int HEX = 16;
    private static final Pattern DEVICE = Pattern.compile("(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");
    private static final Set<String> ROOT =
            Set.of(VersionsFile.PATH, Kustomization.PATH, "kustomization.yml", "kustomization");

    PromptDirectory {
        levels = List.copyOf(levels);
    }

    static PromptDirectory of(PromptName name) {
        String[] parts = name.text().split("/", -1);
        List<String> levels = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            List<String> pieces = pieces(parts[i]);
            pieces.subList(0, pieces.size() - 1).forEach(piece -> levels.add(GOES_ON + written(piece)));
            levels.add((i < parts.length - 1 ? FOLDER : "") + written(pieces.getLast()));
        }
        return new PromptDirectory(levels);
    }

    /** A part's text in pieces that each fit into one level. */
    private static List<String> pieces(String part) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        int length = 0;
        for (int character : part.codePoints().toArray()) {
            String text = Character.toString(character);
            int longest = isPlain(character) ? 1 : ESCAPE_CHARACTERS * text.getBytes(StandardCharsets.UTF_8).length;
            if (length + longest > LEVEL_CHARACTERS_MAX) {
                pieces.add(piece.toString());
                piece.setLength(0);
                length = 0;
            }
            piece.append(text);
            length += longest;
        }
        pieces.add(piece.toString());
        return pieces;
    }

    private static String written(String piece) {
        if (piece.isEmpty()) {
            return EMPTY;
        }
        byte[] bytes = piece.getBytes(StandardCharsets.UTF_8);
        boolean special = DEVICE.matcher(piece).matches() || ROOT.contains(piece) || "-.".indexOf(bytes[0]) >= 0;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes.length; i++) {
            boolean first = i == 0 && special;
            boolean lastDot = i == bytes.length - 1 && bytes[i] == '.';
            boolean plain = isPlain(bytes[i]) || bytes[i] == '.';
            text.append(plain && !first && !lastDot ? Character.toString(bytes[i]) : "%%%02X".formatted(bytes[i]));
        }
        return text.toString();
    }

    /** Whether it stands for itself wherever it is, but for a few first ones. */
    private static boolean isPlain(int letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '_' || letter == '-';
    }

    /** Whose directory it is. */
    PromptName name() {
        StringBuilder name = new StringBuilder();
        for (String level : levels) {
            if (level.startsWith(GOES_ON)) {
                name.append(read(level.substring(GOES_ON.length())));
            } else if (level.startsWith(FOLDER)) {
                name.append(read(level.substring(FOLDER.length()))).append('/');
            } else {
                name.append(read(level));
            }
        }
        return new PromptName(name.toString());
    }

    private static String read(String written) {
        if (written.equals(EMPTY)) {
            return "";
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < written.length(); i++) {
            if (written.charAt(i) == '%') {
                bytes.write(Integer.parseInt(written, i + 1, i + 3, HEX));
                i += 2;
            } else {
                bytes.write(written.charAt(i));
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** The path from the root, without a slash at its end. */
    String path() {
        return String.join("/", levels);
    }
}
