package dev.versicle.git;

import dev.versicle.prompt.Draft;
import dev.versicle.prompt.ModelName;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptFile;
import dev.versicle.prompt.PromptFiles;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.Snapshot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
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
        SortedMap<String, Entry> entries = new TreeMap<>();
        for (Map.Entry<String, PromptFile> file : files.byPath().entrySet()) {
            GitFiles.check(file.getKey(), file.getValue());
            ObjectId blob = plan.insert(file.getValue());
            FileMode mode = file.getValue().executable() ? FileMode.EXECUTABLE_FILE : FileMode.REGULAR_FILE;
            entries.put(file.getKey(), new Entry(file.getKey(), mode, blob));
        }
        String text =
                bodyOf(entries.keySet()).map(path -> checkedBody(path, files)).orElse("");
        Optional<PromptFile> config = Optional.ofNullable(files.byPath().get(ConfigCodec.FILE));
        return planned(plan, entries, new Snapshot.Body(text, models(config.map(PromptFile::bytes))));
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
        SortedMap<String, Entry> entries = entries(reader, base);
        TreePlan plan = new TreePlan();
        String path = bodyOf(entries.keySet()).orElse(BODY);
        put(plan, entries, path, text);
        Optional<byte[]> config =
                path.equals(ConfigCodec.FILE) ? Optional.of(bytes(text)) : file(reader, entries, ConfigCodec.FILE);
        return planned(plan, entries, new Snapshot.Body(text.text(), models(config)));
    }

    /** Plans the tree {@code base}, or an empty one, with its body and the models of its config.json replaced. */
    static PlannedTree template(ObjectReader reader, Optional<ObjectId> base, Draft.Content.Template template)
            throws IOException {
        SortedMap<String, Entry> entries = entries(reader, base);
        TreePlan plan = new TreePlan();
        String path = bodyOf(entries.keySet()).orElse(BODY);
        boolean configIsBody = path.equals(ConfigCodec.FILE);
        Optional<byte[]> before = configIsBody ? Optional.empty() : file(reader, entries, ConfigCodec.FILE);
        Optional<byte[]> config = ConfigCodec.with(before, template.models());
        Optional<Entry> body = Optional.ofNullable(entries.remove(path));
        entries.remove(ConfigCodec.FILE);
        config.ifPresent(bytes -> entries.put(ConfigCodec.FILE, regular(plan, ConfigCodec.FILE, bytes)));
        if (config.isEmpty() || stays(path, entries)) {
            body.ifPresent(entry -> entries.put(path, entry));
            put(plan, entries, path, template.text());
        } else {
            put(plan, entries, BODY, template.text());
        }
        Optional<byte[]> written = configIsBody && config.isEmpty() ? Optional.of(bytes(template.text())) : config;
        return planned(plan, entries, new Snapshot.Body(template.text().text(), models(written)));
    }

    /** Whether the body is still found at its path beside the other files: not where it was the only file. */
    private static boolean stays(String path, SortedMap<String, Entry> others) {
        SortedSet<String> paths = new TreeSet<>(others.keySet());
        return paths.add(path) && bodyOf(paths).equals(Optional.of(path));
    }

    private static void put(TreePlan plan, SortedMap<String, Entry> entries, String path, PromptText text) {
        Entry fresh = regular(plan, path, bytes(text));
        entries.merge(path, fresh, (old, written) -> new Entry(path, old.mode(), written.id()));
    }

    private static Entry regular(TreePlan plan, String path, byte[] bytes) {
        return new Entry(path, FileMode.REGULAR_FILE, plan.insert(Constants.OBJ_BLOB, bytes));
    }

    private static byte[] bytes(PromptText text) {
        return text.text().getBytes(StandardCharsets.UTF_8);
    }

    private static PlannedTree planned(TreePlan plan, SortedMap<String, Entry> entries, Snapshot.Body body)
            throws IOException {
        DirCache index = DirCache.newInCore();
        DirCacheBuilder builder = index.builder();
        for (Entry file : entries.values()) {
            DirCacheEntry entry = new DirCacheEntry(file.path());
            entry.setFileMode(file.mode());
            entry.setObjectId(file.id());
            builder.add(entry);
        }
        builder.finish();
        return new PlannedTree(index.writeTree(plan), plan, Optional.of(body));
    }

    /** A tree's text and models. */
    static Snapshot.Body read(ObjectReader reader, ObjectId tree) throws IOException {
        SortedMap<String, Entry> entries = entries(reader, Optional.of(tree));
        Optional<String> path = bodyOf(entries.keySet());
        Optional<byte[]> text = path.isPresent() ? file(reader, entries, path.get()) : Optional.empty();
        return new Snapshot.Body(
                text.map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse(""),
                models(file(reader, entries, ConfigCodec.FILE)));
    }

    /** Where a tree's body is stored. */
    static Optional<ObjectId> bodyId(ObjectReader reader, ObjectId tree) throws IOException {
        try (TreeWalk walk = TreeWalk.forPath(reader, BODY, tree)) {
            if (walk != null && walk.getFileMode(0).getObjectType() == Constants.OBJ_BLOB) {
                // What almost every tree has, found without a look at its other files.
                return Optional.of(walk.getObjectId(0));
            }
        }
        SortedMap<String, Entry> entries = entries(reader, Optional.of(tree));
        return bodyOf(entries.keySet())
                .flatMap(path -> Optional.ofNullable(entries.get(path)))
                .map(Entry::id);
    }

    private static List<ModelName> models(Optional<byte[]> config) {
        return config.map(ConfigCodec::models).orElse(List.of());
    }

    private static SortedMap<String, Entry> entries(ObjectReader reader, Optional<ObjectId> tree) throws IOException {
        SortedMap<String, Entry> entries = new TreeMap<>();
        if (tree.isEmpty()) {
            return entries;
        }
        try (TreeWalk walk = new TreeWalk(reader)) {
            walk.setRecursive(true);
            walk.addTree(tree.get());
            while (walk.next()) {
                String path = walk.getPathString();
                entries.put(path, new Entry(path, walk.getFileMode(0), walk.getObjectId(0)));
            }
        }
        return entries;
    }

    private static Optional<byte[]> file(ObjectReader reader, SortedMap<String, Entry> entries, String path)
            throws IOException {
        Optional<Entry> entry = Optional.ofNullable(entries.get(path));
        return entry.isPresent()
                ? Optional.of(reader.open(entry.get().id(), Constants.OBJ_BLOB).getCachedBytes(PromptFile.BYTES_MAX))
                : Optional.empty();
    }

    /** Where the body is among all paths of a tree. */
    static Optional<String> bodyOf(Collection<String> paths) {
        return bodyOf(paths, "");
    }

    /** Where the body is below {@code top}, which is empty or ends with a slash; {@code paths} are files only. */
    private static Optional<String> bodyOf(Collection<String> paths, String top) {
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
}
