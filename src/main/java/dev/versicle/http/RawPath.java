package dev.versicle.http;

import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import io.micronaut.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A request's path as it was sent, percent-encoded. The framework decodes its variables as a form, where a plus is a
 * blank, and writes {@code U+FFFD} for what is no UTF-8; here a plus is a plus, and no such text comes out.
 *
 * @param segments what stands between the slashes, from the first one on
 */
public record RawPath(List<String> segments) {
    private static final char ESCAPE = '%';
    private static final int HEX = 16;

    public RawPath {
        segments = List.copyOf(segments);
    }

    public static RawPath of(HttpRequest<?> request) {
        String raw = request.getUri().getRawPath();
        return new RawPath(List.of(raw.substring(1).split("/", -1)));
    }

    /** The segment's text, counted from 0. Refuses what is no UTF-8 as {@link Problem.Invalid} {@code field}. */
    public String segment(String field, int index) {
        return decode(field, segments.get(index));
    }

    /** The texts of this segment and all after it, with the slashes between them. */
    public String below(String field, int index) {
        return segments.stream()
                .skip(index)
                .map(segment -> decode(field, segment))
                .collect(Collectors.joining("/"));
    }

    /** Refuses a path that has anything but UTF-8 in it as {@link Problem.Invalid} {@code field}. */
    public void requireUtf8(String field) {
        segments.forEach(segment -> decode(field, segment));
    }

    private static String decode(String field, String segment) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes(segment)).toString();
        } catch (CharacterCodingException e) {
            throw new PromptException(new Problem.Invalid(field, "must be well-formed UTF-8, percent-encoded"));
        }
    }

    /** A URI has two digits after each percent sign, and a byte in each other character. */
    private static ByteBuffer bytes(String segment) {
        ByteBuffer bytes = ByteBuffer.allocate(segment.length());
        for (int i = 0; i < segment.length(); i++) {
            if (segment.charAt(i) == ESCAPE) {
                bytes.put((byte) Integer.parseInt(segment, i + 1, i + 3, HEX));
                i += 2;
            } else {
                bytes.put((byte) segment.charAt(i));
            }
        }
        return bytes.flip();
    }
}
