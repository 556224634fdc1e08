package dev.versicle.http.v1;

import java.nio.charset.StandardCharsets;

/** The header {@code Content-Disposition} of bytes that are to be kept and not to be shown (RFC 6266). */
final class Disposition {
    /** What RFC 5987 lets stand as it is. */
    private static final String PLAIN = "!#$&+-.^_`|~";

    private Disposition() {}

    /** Names the file twice: in ASCII, and as it is, for who understands that. */
    static String attachment(String name) {
        return "attachment; filename=\"" + name.replaceAll("[^A-Za-z0-9._-]", "_") + "\"; filename*=UTF-8''"
                + encoded(name);
    }

    private static String encoded(String name) {
        StringBuilder text = new StringBuilder();
        for (byte unit : name.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = unit > 0 && (Character.isLetterOrDigit(unit) || PLAIN.indexOf(unit) >= 0);
            text.append(plain ? String.valueOf((char) unit) : String.format("%%%02X", unit));
        }
        return text.toString();
    }
}
