package dev.versicle.git;

import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.ObjectId;

/**
 * What a Git bundle says before its pack (gitformat-bundle): its refs, of which {@code HEAD} is left out.
 *
 * @param bytes how long it is, so where the pack begins
 */
record BundleHeader(SortedMap<String, ObjectId> refs, long bytes) {
    static final int REFS_MAX = 100_000;
    private static final int LINE_BYTES_MAX = 4_096;
    static final String SIGNATURE = "# v2 git bundle";
    private static final Pattern REF = Pattern.compile("[0-9a-f]{40} .+");
    private static final int ID_DIGITS = 40;

    /** Reads a header, to the byte, and throws {@link Problem.Invalid} where it is none that this server writes. */
    static BundleHeader read(InputStream in) throws IOException {
        Lines lines = new Lines(in);
        if (!lines.next().equals(SIGNATURE)) {
            throw refused("must be a Git bundle of version 2");
        }
        SortedMap<String, ObjectId> refs = new TreeMap<>();
        for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
            if (line.startsWith("-")) {
                throw refused("must have no prerequisites");
            }
            if (!REF.matcher(line).matches()) {
                throw refused("must have refs of 40 hex digits and a name");
            }
            add(refs, line.substring(ID_DIGITS + 1), ObjectId.fromString(line.substring(0, ID_DIGITS)));
        }
        requireNoDirectories(refs);
        return new BundleHeader(refs, lines.bytes);
    }

    private static void add(SortedMap<String, ObjectId> refs, String name, ObjectId id) {
        if (name.equals(RefNames.HEAD)) {
            return;
        }
        if (!RefNames.knows(name)) {
            throw refused("must have only refs that a prompt has");
        }
        if (refs.put(name, id) != null) {
            throw refused("must have each ref once");
        }
        if (refs.size() > REFS_MAX) {
            throw refused("must have at most " + REFS_MAX + " refs");
        }
    }

    /** Refs are files: none can be the directory of another. */
    private static void requireNoDirectories(SortedMap<String, ObjectId> refs) {
        for (String name : refs.keySet()) {
            for (int end = name.indexOf('/'); end >= 0; end = name.indexOf('/', end + 1)) {
                if (refs.containsKey(name.substring(0, end))) {
                    throw refused("must have no ref that is the directory of another");
                }
            }
        }
    }

    static PromptException refused(String rule) {
        return new PromptException(new Problem.Invalid("bundle", rule));
    }

    private static final class Lines {
        private final InputStream in;
        private long bytes;

        private Lines(InputStream in) {
            this.in = in;
        }

        private String next() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int read = in.read(); read != '\n'; read = in.read()) {
                if (read < 0 || line.size() >= LINE_BYTES_MAX) {
                    throw refused("must be a whole Git bundle");
                }
                line.write(read);
            }
            bytes += line.size() + 1;
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(line.toByteArray()))
                        .toString();
            } catch (CharacterCodingException e) {
                throw refused("must have names in UTF-8");
            }
        }
    }
}
