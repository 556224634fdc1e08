package dev.versicle.git;

import dev.versicle.prompt.Diff;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.Version;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * Compares two versions' trees, once. What is no regular file, which only other hands can have put there, is left out.
 */
final class Comparison {
    private static final int FROM = 0;
    private static final int TO = 1;

    private final Repository git;
    private final LineDiff lines = new LineDiff();
    private long bytes;

    Comparison(Repository git) {
        this.git = git;
    }

    Diff diff(Version from, Version to) throws IOException {
        List<Diff.FileDiff> files = new ArrayList<>();
        try (ObjectReader objects = git.newObjectReader();
                TreeWalk walk = new TreeWalk(objects)) {
            walk.setRecursive(true);
            walk.setFilter(TreeFilter.ANY_DIFF);
            walk.addTree(ObjectId.fromString(from.snapshot().tree()));
            walk.addTree(ObjectId.fromString(to.snapshot().tree()));
            while (walk.next()) {
                Optional<Diff.Side> before = side(walk, FROM);
                Optional<Diff.Side> after = side(walk, TO);
                if (before.isPresent() || after.isPresent()) {
                    files.add(file(objects, walk.getPathString(), before, after));
                }
            }
        }
        return Diff.of(from, to, files);
    }

    private static Optional<Diff.Side> side(TreeWalk walk, int tree) {
        FileMode mode = walk.getFileMode(tree);
        return mode.equals(FileMode.REGULAR_FILE) || mode.equals(FileMode.EXECUTABLE_FILE)
                ? Optional.of(new Diff.Side(walk.getObjectId(tree).name(), mode.equals(FileMode.EXECUTABLE_FILE)))
                : Optional.empty();
    }

    private Diff.FileDiff file(ObjectReader objects, String path, Optional<Diff.Side> from, Optional<Diff.Side> to)
            throws IOException {
        if (from.map(Diff.Side::id).equals(to.map(Diff.Side::id))) {
            return new Diff.FileDiff(path, from, to, false, List.of());
        }
        Optional<RawText> before = text(objects, from);
        Optional<RawText> after = text(objects, to);
        boolean binary = before.isEmpty() || after.isEmpty();
        return new Diff.FileDiff(path, from, to, binary, binary ? List.of() : lines.hunks(before.get(), after.get()));
    }

    /** The file's text; of none the empty one, and nothing where it is no text. */
    private Optional<RawText> text(ObjectReader objects, Optional<Diff.Side> side) throws IOException {
        if (side.isEmpty()) {
            return Optional.of(RawText.EMPTY_TEXT);
        }
        ObjectId id = ObjectId.fromString(side.get().id());
        bytes += objects.getObjectSize(id, Constants.OBJ_BLOB);
        if (bytes > Diff.BYTES_MAX) {
            throw new PromptException(new Problem.TooLarge("What differs", Diff.BYTES_MAX));
        }
        byte[] content = objects.open(id, Constants.OBJ_BLOB).getCachedBytes(Integer.MAX_VALUE);
        return isText(content) ? Optional.of(new RawText(content)) : Optional.empty();
    }

    private static boolean isText(byte[] content) {
        try {
            return StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(content))
                            .toString()
                            .indexOf('\0')
                    < 0;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
