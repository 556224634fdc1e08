package dev.versicle.archive;

import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptFile;
import java.io.OutputStream;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;

/** A bundle on its way: it lies in a temporary file, since its size must be known before it goes on. */
public final class ExportBundle {
    private ExportBundle() {}

    /**
     * Has a bundle written and then used, and keeps nothing of it. Throws {@link Problem.TooLarge} where it comes to be
     * more than {@code bytesMax} bytes.
     */
    public static <R> R through(
            Spool spool, long bytesMax, Consumer<OutputStream> write, Function<PromptFile.Content, R> use) {
        try (SpooledFile file = spool.file(bytesMax)) {
            write.accept(new Filling(file, bytesMax));
            return use.apply(file.since(0));
        }
    }

    private static final class Filling extends OutputStream {
        private final SpooledFile file;
        private final long bytesMax;

        private Filling(SpooledFile file, long bytesMax) {
            this.file = file;
            this.bytesMax = bytesMax;
        }

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            if (file.size() + length > bytesMax) {
                throw new PromptException(new Problem.TooLarge("bundle", bytesMax));
            }
            byte[] portion = new byte[length];
            System.arraycopy(bytes, offset, portion, 0, length);
            file.write(portion, length);
        }
    }
}
