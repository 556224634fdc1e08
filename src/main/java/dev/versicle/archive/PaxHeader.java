package dev.versicle.archive;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a PAX header says of an entry, in records of the form {@code "<length> <key>=<value>\n"}. Taken to the letter:
 * what two readers could take differently is refused.
 */
final class PaxHeader {
    /** An extended attribute may hold 64 KiB, and some write it down twice. */
    static final int BYTES_MAX = 256 << 10;

    static final PaxHeader NONE = new PaxHeader(Map.of());

    private static final Pattern LENGTH = Pattern.compile("[1-9][0-9]{0,5}");
    private static final Pattern SIZE = Pattern.compile("[0-9]{1,18}");
    private static final Pattern SPARSE = Pattern.compile("GNU\\.sparse\\..*|SCHILY\\.(realsize|filetype)");
    private static final Set<String> OF_ONE_ENTRY = Set.of("path", "linkpath", "size");

    /** Values as they came, each byte a character. */
    private final Map<String, String> values;

    private PaxHeader(Map<String, String> values) {
        this.values = values;
    }

    /** Reads a header whose own name is {@code name}. */
    static PaxHeader parse(byte[] bytes, String name) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        Map<String, String> values = new HashMap<>();
        for (int at = 0; at < text.length(); ) {
            int blank = text.indexOf(' ', at);
            String length = blank < 0 ? "" : text.substring(at, blank);
            int end = LENGTH.matcher(length).matches() ? at + Integer.parseInt(length) : -1;
            int equals = text.indexOf('=', blank + 1);
            boolean whole = end <= text.length() && blank < equals && equals < end - 1 && text.charAt(end - 1) == '\n';
            if (!whole) {
                throw Refusal.entry(name, "is a broken PAX header");
            }
            String key = text.substring(blank + 1, equals);
            if (values.put(key, text.substring(equals + 1, end - 1)) != null && !isSparse(key)) {
                throw Refusal.entry(name, "is a PAX header that says twice what '" + key + "' is");
            }
            at = end;
        }
        return new PaxHeader(values);
    }

    private static boolean isSparse(String key) {
        return SPARSE.matcher(key).matches();
    }

    boolean isSparse() {
        return values.keySet().stream().anyMatch(PaxHeader::isSparse);
    }

    /** Whether it says of all entries what can hold of one only. */
    boolean isUnfitForAll() {
        return isSparse() || values.keySet().stream().anyMatch(OF_ONE_ENTRY::contains);
    }

    /** The entry's path, where the header says it. */
    Optional<byte[]> path() {
        // GNU tar keeps the true name of a sparse file under a key of its own.
        return Optional.ofNullable(values.get("GNU.sparse.name"))
                .or(() -> Optional.ofNullable(values.get("path")))
                .map(path -> path.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Whether it says no other size of the entry than {@code size}. */
    boolean agreesOn(long size) {
        Optional<String> said = Optional.ofNullable(values.get("size"));
        return said.map(digits -> SIZE.matcher(digits).matches() && Long.parseLong(digits) == size)
                .orElse(true);
    }
}
