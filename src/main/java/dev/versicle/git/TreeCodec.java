package dev.versicle.git;

import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptFile;
import dev.versicle.prompt.PromptFiles;
import dev.versicle.prompt.PromptText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * A prompt's files as a Git tree. The body is {@code prompt.md}, else {@code prompt.txt}, else the only regular file,
 * else, where the tree is one directory and nothing else, the body inside it, else the empty text.
 */
final class TreeCodec {
    private static final String BODY = "prompt.md";
    private static final String OTHER_BODY = "prompt.txt";

    private record Entry(String path, FileMode mode, ObjectId id) {}

    private TreeCodec() {}

    /** Plans a package's tree. Throws {@link Problem.Invalid} for a path that Git must not hold, a body not UTF-8. */
    static PlannedTree files(PromptFiles files) throws IOException {
        TreePlan plan = new TreePlan();
        DirCache index = DirCache.newInCore();
        DirCacheBuilder builder = index.builder();
        for (Map.Entry<String, PromptFile> file : files.byPath().entrySet()) {
            GitFiles.check(file.getKey(), file.getValue());
            ObjectId blob = plan.insert(Constants.OBJ_BLOB, file.getValue().bytes());
            FileMode mode = file.getValue().executable() ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE;
            builder.add(entry(file.getKey(), mode, blob));
        }
        builder.finish();
        Optional<String> body = bodyOf(files.byPath().keySet().stream().toList(), "");
        String text = body.map(path -> checkedBody(path, files)).orElse("");
        return new PlannedTree(index.writeTree(plan), plan, Optional.of(text));
    }

    private static String checkedBody(String path, PromptFiles files) {
        byte[] bytes =
                Optional.ofNullable(files.byPath().get(path)).orElseThrow().bytes();
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.indexOf('\0') >= 0) {
                throw new PromptException(new Problem.Invalid(path, "must not contain NUL"));
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new PromptException(new Problem.Invalid(path, "must be UTF-8, for it is the prompt's body"));
        }
    }

    /** Plans the tree {@code base}, or an empty one, with its body replaced and every other file kept. */
    static PlannedTree body(ObjectReader reader, Optional<ObjectId> base, PromptText text) throws IOException {
        TreePlan plan = new TreePlan();
        List<Entry> before = base.isPresent() ? entries(reader, base.get()) : List.of();
        String path = bodyOf(before.stream().map(Entry::path).toList(), "").orElse(BODY);
        FileMode mode = FileMode.REGULAR_FILE;
        DirCache index = DirCache.newInCore();
        DirCacheBuilder builder = index.builder();
        for (Entry entry : before) {
            if (entry.path().equals(path)) {
                mode = entry.mode();
            } else {
                builder.add(entry(entry.path(), entry.mode(), entry.id()));
            }
        }
        ObjectId blob = plan.insert(Constants.OBJ_BLOB, text.text().getBytes(StandardCharsets.UTF_8));
        builder.add(entry(path, mode, blob));
        builder.finish();
        return new PlannedTree(index.writeTree(plan), plan, Optional.of(text.text()));
    }

    /** The text of a tree's body. */
    static String text(ObjectReader reader, ObjectId tree) throws IOException {
        List<Entry> entries = entries(reader, tree);
        Optional<String> body = bodyOf(entries.stream().map(Entry::path).toList(), "");
        if (body.isEmpty()) {
            return "";
        }
        Entry entry = entries.stream()
                .filter(candidate -> candidate.path().equals(body.get()))
                .findFirst()
                .orElseThrow();
        byte[] bytes = reader.open(entry.id(), Constants.OBJ_BLOB).getCachedBytes(PromptFile.BYTES_MAX);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static List<Entry> entries(ObjectReader reader, ObjectId tree) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.setRecursive(true);
            walk.addTree(tree);
            while (walk.next()) {
                entries.add(new Entry(walk.getPathString(), walk.getFileMode(0), walk.getObjectId(0)));
            }
        }
        return entries;
    }

    /** Where the body is below {@code top}, which is empty or ends with a slash; {@code paths} are files only. */
    private static Optional<String> bodyOf(List<String> paths, String top) {
        List<String> files = paths.stream()
                .filter(path -> path.startsWith(top) && path.indexOf('/', top.length()) < 0)
                .toList();
        for (String name : List.of(BODY, OTHER_BODY)) {
            if (files.contains(top + name)) {
                return Optional.of(top + name);
            }
        }
        if (!files.isEmpty()) {
            return files.size() == 1 ? Optional.of(files.getFirst()) : Optional.empty();
        }
        List<String> directories = paths.stream()
                .map(path -> path.substring(0, path.indexOf('/', top.length()) + 1))
                .distinct()
                .toList();
        return directories.size() == 1 ? bodyOf(paths, directories.getFirst()) : Optional.empty();
    }

    private static DirCacheEntry entry(String path, FileMode mode, ObjectId id) {
        DirCacheEntry entry = new DirCacheEntry(path);
        entry.setFileMode(mode);
        entry.setObjectId(id);
        return entry;
    }
}
