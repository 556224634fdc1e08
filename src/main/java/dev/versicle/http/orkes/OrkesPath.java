package dev.versicle.http.orkes;

import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptName;
import io.micronaut.http.HttpRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Names in paths, where {@code +} is a blank, {@code %2B} a plus and {@code %2F} a part of the name: the Java SDK
 * writes names as forms do, the JS SDK as paths.
 */
final class OrkesPath {
    private static final char ESCAPE = '%';
    private static final int HEX = 16;

    private OrkesPath() {}

    /** The name that the framework has read from the request's path, with {@code U+FFFD} for what was no UTF-8. */
    static PromptName name(HttpRequest<?> request, String read) {
        String path = request.getUri().getRawPath();
        try {
            StandardCharsets.UTF_8.newDecoder().decode(bytes(path));
        } catch (CharacterCodingException e) {
            throw new PromptException(new Problem.Invalid("name", "must be well-formed UTF-8, percent-encoded"));
        }
        return new PromptName(read);
    }

    private static ByteBuffer bytes(String path) {
        ByteBuffer bytes = ByteBuffer.allocate(path.length());
        for (int i = 0; i < path.length(); i++) {
            if (path.charAt(i) == ESCAPE) {
                bytes.put((byte) Integer.parseInt(path, i + 1, i + 3, HEX));
                i += 2;
            } else {
                bytes.put((byte) path.charAt(i));
            }
        }
        return bytes.flip();
    }
}
