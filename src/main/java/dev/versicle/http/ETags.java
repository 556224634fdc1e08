package dev.versicle.http;

import dev.versicle.prompt.Environment;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.Version;
import io.micronaut.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version's entity tag, {@code "<40-hex commit>-<note blob, 8 hex>"}, and the conditions upon it (RFC 9110). Where an
 * answer also tells what points to the version, the tag has 8 more digits for that. An environment's tag is alike: the
 * commit that it points to, and 8 digits of the file that says so.
 */
public final class ETags {
    private static final String ANY = "*";
    private static final int DIGEST_BYTES = 16;
    private static final int POINTERS_BYTES = 4;
    private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[^\"]*\")");
    private static final Pattern STAMP = Pattern.compile("\"([0-9a-f]{40})-([0-9a-f]{8})(?:-[0-9a-f]{8})?\"");
    private static final Pattern ID = Pattern.compile("(\"?)([0-9a-f]{24,40})\\1");

    private ETags() {}

    public static String of(Version version) {
        return "\"" + version.stamp() + "\"";
    }

    /** The tag of an answer that tells of {@code pointers}, too; as {@code If-Match} it is worth what the other is. */
    public static String of(Version version, List<?> pointers) {
        return "\"" + version.stamp() + "-" + digest(bytes(pointers.toString()), POINTERS_BYTES) + "\"";
    }

    /** The tag of an answer whose bytes have all gone through a {@link #digest}. */
    static String of(MessageDigest answer) {
        return "\"" + HexFormat.of().formatHex(answer.digest(), 0, DIGEST_BYTES) + "\"";
    }

    /** The tag of an answer that these facts, in this order, make out. */
    public static String ofFacts(Object... facts) {
        return "\"" + digest(bytes(Arrays.toString(facts)), DIGEST_BYTES) + "\"";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String digest(byte[] bytes, int length) {
        return HexFormat.of().formatHex(digest().digest(bytes), 0, length);
    }

    /** What tags are made with. */
    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The tag of an environment: another one after each move, and where it came to be protected or not. */
    public static String of(Environment environment) {
        return "\"" + environment.stamp() + (environment.guarded() ? "-00000001\"" : "-00000000\"");
    }

    /** The tag of a list of environments. */
    public static String of(List<Environment> environments) {
        return ofFacts(environments.stream()
                .map(environment -> environment.name() + of(environment))
                .toArray());
    }

    /** Whether the client has this version already. */
    public static boolean known(HttpHeaders headers, Version version) {
        return known(headers, of(version));
    }

    /** Whether the client has already what this entity tag names: {@code If-None-Match}, compared weakly. */
    public static boolean known(HttpHeaders headers, String etag) {
        String list = ifNoneMatch(headers);
        return anyIsKnown(headers)
                || TAG.matcher(list).results().anyMatch(tag -> tag.group(1).equals(etag));
    }

    /** Whether the client says that it has whatever there is. */
    public static boolean anyIsKnown(HttpHeaders headers) {
        return ifNoneMatch(headers).equals(ANY);
    }

    private static String ifNoneMatch(HttpHeaders headers) {
        return String.join(",", headers.getAll(HttpHeaders.IF_NONE_MATCH)).strip();
    }

    /**
     * What the client has seen: {@code If-Match}, a list of tags as we gave them or of commit ids of 24 to 40 hex
     * digits, in quotes or without. Neither the header nor {@code *} expects anything.
     */
    public static Expected expected(HttpHeaders headers) {
        List<String> lines = headers.getAll(HttpHeaders.IF_MATCH);
        if (lines.isEmpty() || lines.equals(List.of(ANY))) {
            return Expected.NOTHING;
        }
        return new Expected(Arrays.stream(String.join(",", lines).split(",", -1))
                .map(item -> stamp(item.strip().toLowerCase(Locale.ROOT)))
                .toList());
    }

    private static Expected.Stamp stamp(String item) {
        Matcher tag = STAMP.matcher(item);
        if (tag.matches()) {
            return new Expected.Stamp(tag.group(1), Optional.of(tag.group(2)));
        }
        Matcher id = ID.matcher(item);
        if (id.matches()) {
            return new Expected.Stamp(id.group(2), Optional.empty());
        }
        throw new PromptException(
                new Problem.Invalid("If-Match", "must be an ETag of this server or 24 to 40 hex digits"));
    }
}
