package dev.versicle.http;

import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A body that is read as a stream and kept whole, where the framework itself would not take in an empty one. */
public final class WholeBody {
    /** As much as the framework takes in where it reads a body by itself: its setting is of this size, too. */
    public static final int BYTES_MAX = 8 << 20;

    private WholeBody() {}

    /** The bytes, none where there is no body; throws {@link Problem.TooLarge}. */
    public static byte[] read(@Nullable InputStream body) throws IOException {
        if (body == null) {
            return new byte[0];
        }
        byte[] bytes = body.readNBytes(BYTES_MAX + 1);
        if (bytes.length > BYTES_MAX) {
            throw new PromptException(new Problem.TooLarge("The body", BYTES_MAX));
        }
        return bytes;
    }
}
