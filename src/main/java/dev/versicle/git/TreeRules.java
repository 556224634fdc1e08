package dev.versicle.git;

import dev.versicle.prompt.Environment;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptFile;
import dev.versicle.prompt.PromptFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * Judges trees that another hand made by the rules that this server's own keep: the table in {@code git-layout.md}.
 * One object for all trees of a prompt, as they share a budget.
 */
final class TreeRules {
    /** Of all trees together; a tree that names one directory many times is walked through each time. */
    static final int ENTRIES_MAX = 10_000_000;

    private static final String ATTRIBUTES = ".gitattributes";
    private static final Set<FileMode> FILES = Set.of(FileMode.REGULAR_FILE, FileMode.EXECUTABLE_FILE);
    private static final PromptFile UNREAD = new PromptFile(new byte[0], false);

    private final ObjectReader reader;
    private final String subject;
    private final Set<ObjectId> passed = new HashSet<>();
    private final Map<ObjectId, Long> sizes = new HashMap<>();
    private int entries;

    /** Refuses in sentences about {@code subject}, such as "bundle" or "its tree". */
    TreeRules(ObjectReader reader, String subject) {
        this.reader = reader;
        this.subject = subject;
    }

    /** Throws where a version must not have this tree. */
    void requireVersion(ObjectId tree) throws IOException {
        if (passed.contains(tree)) {
            return;
        }
        try {
            require(tree);
        } catch (IncorrectObjectTypeException e) {
            throw refused("must have files and directories where it names them");
        }
        passed.add(tree);
    }

    private void require(ObjectId tree) throws IOException {
        Map<String, ObjectId> files = files(tree);
        Map<String, PromptFile> paths = new TreeMap<>();
        long total = 0;
        for (Map.Entry<String, ObjectId> file : files.entrySet()) {
            total += size(file.getValue());
            PromptFile content = isAttributes(file.getKey()) ? read(file.getValue()) : UNREAD;
            GitFiles.check(file.getKey(), content);
            paths.put(file.getKey(), UNREAD);
        }
        if (total > PromptFiles.TOTAL_BYTES_MAX) {
            throw refused("must have at most " + PromptFiles.TOTAL_BYTES_MAX + " bytes in a version");
        }
        PromptFiles.of(paths);
        Optional<String> body = TreeCodec.bodyOf(files.keySet());
        Optional<ObjectId> blob = body.map(files::get);
        if (blob.isPresent()) {
            requireText(body.orElseThrow(), blob.get());
        }
    }

    private long size(ObjectId blob) throws IOException {
        Long known = sizes.get(blob);
        if (known != null) {
            return known;
        }
        // Opened, since a size alone is told of any object, and a tree may name a commit as a file.
        long size = reader.open(blob, Constants.OBJ_BLOB).getSize();
        if (size > PromptFile.BYTES_MAX) {
            throw refused("must have files of at most " + PromptFile.BYTES_MAX + " bytes");
        }
        sizes.put(blob, size);
        return size;
    }

    private static boolean isAttributes(String path) {
        return path.equals(ATTRIBUTES) || path.endsWith("/" + ATTRIBUTES);
    }

    private Map<String, ObjectId> files(ObjectId tree) throws IOException {
        Map<String, ObjectId> files = new TreeMap<>();
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(tree);
            while (walk.next()) {
                count();
                if (walk.isSubtree()) {
                    requireDepth(walk);
                    walk.enterSubtree();
                } else {
                    files.put(path(walk), walk.getObjectId(0));
                }
                if (files.size() > PromptFiles.FILES_MAX) {
                    throw refused("must have at most " + PromptFiles.FILES_MAX + " files in a version");
                }
            }
        }
        return files;
    }

    private String path(TreeWalk walk) {
        // By the number as it is written: Git reads others for the same.
        boolean known = FILES.stream().anyMatch(mode -> mode.getBits() == walk.getRawMode(0));
        if (!known) {
            throw refused("must have files of mode 100644 and 100755 only");
        }
        byte[] path = walk.getRawPath();
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(path))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused("must have paths in UTF-8");
        }
    }

    private void requireDepth(TreeWalk walk) {
        if (walk.getRawMode(0) != FileMode.TREE.getBits() || walk.getDepth() >= PromptFiles.LEVELS_MAX) {
            throw refused("must have directories of mode 40000, at most " + PromptFiles.LEVELS_MAX + " levels deep");
        }
    }

    /** Walks through any other tree, such as that of the notes, and gives the paths of its files. */
    Set<String> paths(ObjectId tree) throws IOException {
        Set<String> paths = new HashSet<>();
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(tree);
            while (walk.next()) {
                count();
                if (walk.isSubtree()) {
                    requireDepth(walk);
                    walk.enterSubtree();
                } else {
                    paths.add(walk.getPathString());
                }
            }
        }
        return paths;
    }

    /** The files of environments, which are all that their tree has. */
    Map<EnvironmentName, ObjectId> environments(ObjectId tree) throws IOException {
        Map<EnvironmentName, ObjectId> environments = new TreeMap<>();
        for (Map.Entry<String, ObjectId> file : files(tree).entrySet()) {
            EnvironmentName name = EnvironmentCodec.name(file.getKey())
                    .orElseThrow(() -> refused("must have nothing but environments beside each other"));
            environments.put(name, file.getValue());
        }
        if (environments.size() > Environment.PER_PROMPT_MAX) {
            throw refused("must have at most " + Environment.PER_PROMPT_MAX + " environments");
        }
        return environments;
    }

    private void count() {
        if (++entries > ENTRIES_MAX) {
            throw refused("must have at most " + ENTRIES_MAX + " files and directories in all versions");
        }
    }

    private PromptFile read(ObjectId blob) throws IOException {
        return new PromptFile(reader.open(blob, Constants.OBJ_BLOB).getBytes(PromptFile.BYTES_MAX), false);
    }

    private void requireText(String path, ObjectId blob) throws IOException {
        byte[] bytes = reader.open(blob, Constants.OBJ_BLOB).getBytes(PromptFile.BYTES_MAX);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.indexOf('\0') >= 0) {
                throw body(path);
            }
        } catch (CharacterCodingException e) {
            throw body(path);
        }
    }

    private PromptException body(String path) {
        return refused("must have the prompt's body in UTF-8, without NUL: " + path);
    }

    private PromptException refused(String rule) {
        return new PromptException(new Problem.Invalid(subject, rule));
    }
}
