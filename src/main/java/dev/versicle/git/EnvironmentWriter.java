package dev.versicle.git;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Environment;
import dev.versicle.prompt.EnvironmentDesk;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.Event;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex.VersionEntry;
import dev.versicle.prompt.PromptSettings;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEditor;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;

/**
 * Moves environments: each move is one commit on their truth, whose history is the pointers'. Called with the prompt's
 * write lock held; asks nobody for leave ({@code PromptSettings.rightToMove}). Throws {@link
 * LostRace} where the truth had moved in between.
 */
final class EnvironmentWriter {
    private final Workshop shop;
    private final PromptId id;
    private final Repository git;
    private final EnvironmentReader reader;
    private final EnvironmentSigns signs;
    private final EnvironmentRecorder recorder;

    EnvironmentWriter(Workshop shop, PromptId id, Repository git) {
        this.shop = shop;
        this.id = id;
        this.git = git;
        this.reader = new EnvironmentReader(shop, id, git);
        this.signs = new EnvironmentSigns(shop, id, git);
        this.recorder = new EnvironmentRecorder(shop, id, git);
    }

    /** Moves it to the live version that is wished for, if what is there is what its mover saw. */
    Environment.Placed place(EnvironmentName name, EnvironmentDesk.Wish wish, Caller by, Expected expected)
            throws IOException {
        PromptSettings settings = new PromptReader(shop, id, git).settings(new Mender(shop, id, git).mend());
        Optional<Environment> before = reader.find(name, settings);
        if (before.isPresent() && expected.stamps().isEmpty()) {
            throw new PromptException(new Problem.PreconditionRequired());
        }
        expected.requireEnvironment(before);
        VersionFinder finder = new VersionFinder(shop, id, git);
        VersionEntry to = finder.entry(wish.to());
        if (!to.live()) {
            throw finder.notFound(wish.to());
        }
        move(name, to, wish.message(), by);
        return new Environment.Placed(reader.find(name, settings).orElseThrow(), before.isEmpty());
    }

    /**
     * Makes an environment, or moves it, to a version that is live; to where it is already, it writes nothing. Throws
     * {@link Problem.Invalid} where there would be too many, or the message is too long.
     */
    void move(EnvironmentName name, VersionEntry to, Optional<String> message, Caller by) throws IOException {
        ObjectId truth = settled();
        Map<EnvironmentName, Pointer> all = reader.at(truth);
        Optional<Pointer> before = Optional.ofNullable(all.get(name));
        Environment.Target target = new Environment.Target(to.number(), to.commit());
        Environment.Moved moved = new Environment.Moved(by.subject(), moment(before), message);
        if (before.filter(pointer -> pointer.target().equals(target)).isPresent()) {
            return;
        }
        if (before.isEmpty() && all.size() >= Environment.PER_PROMPT_MAX) {
            throw new PromptException(new Problem.Invalid(
                    "environment", "must be one of at most " + Environment.PER_PROMPT_MAX + " of a prompt"));
        }
        Environment.Move move = new Environment.Move(before.map(Pointer::target), Optional.of(target), moved);
        byte[] file = EnvironmentCodec.write(target, moved);
        write(truth, new Edit(name, Optional.of(file), EnvironmentCodec.message(name, move)), move, by);
    }

    /** Drops an environment; what it was stays in the history. Throws {@link Problem.EnvironmentNotFound}. */
    void drop(EnvironmentName name, Caller by) throws IOException {
        ObjectId truth = settled();
        Optional<Pointer> before = Optional.ofNullable(reader.at(truth).get(name));
        Environment.Target from = before.map(Pointer::target)
                .orElseThrow(() -> new PromptException(new Problem.EnvironmentNotFound(name)));
        Environment.Moved moved = new Environment.Moved(by.subject(), moment(before), Optional.empty());
        Environment.Move move = new Environment.Move(Optional.of(from), Optional.empty(), moved);
        write(truth, new Edit(name, Optional.empty(), EnvironmentCodec.dropped(name, from, moved)), move, by);
    }

    void drop(EnvironmentName name, Caller by, Expected expected) throws IOException {
        PromptSettings settings = new PromptReader(shop, id, git).settings(new Mender(shop, id, git).mend());
        Optional<Environment> before = reader.find(name, settings);
        if (before.isPresent()) {
            expected.requireEnvironment(before);
        }
        drop(name, by);
    }

    /** What becomes of one environment's file, and what the log says of it. */
    private record Edit(EnvironmentName name, Optional<byte[]> file, String message) {}

    /** Where the truth stands, once index and branches agree with its newest commit. */
    private ObjectId settled() throws IOException {
        recorder.catchUp();
        signs.mend(Optional.empty());
        return reader.tip();
    }

    /** Later than the move before: so a file is never the same again, and whoever saw another state is told. */
    private Instant moment(Optional<Pointer> before) {
        Instant now = shop.now();
        return before.map(pointer -> Moments.later(now, pointer.moved().at().plusMillis(1)))
                .orElse(now);
    }

    private void write(ObjectId truth, Edit edit, Environment.Move move, Caller by) throws IOException {
        ObjectId commit;
        try (ObjectReader objects = git.newObjectReader();
                ObjectInserter inserter = git.newObjectInserter()) {
            DirCache files = Truths.absent(truth)
                    ? DirCache.newInCore()
                    : DirCache.read(objects, new PromptReader(shop, id, git).treeOf(truth));
            DirCacheEditor editor = files.editor();
            editor.add(change(edit, inserter));
            editor.finish();
            List<ObjectId> parents = Truths.present(truth).stream().toList();
            commit = new Scribe(by, move.moved().at())
                    .commit(inserter, files.writeTree(inserter), parents, edit.message());
            inserter.flush();
        }
        shop.move(git, RefNames.ENVIRONMENTS, truth, commit);
        recorder.record(truth, commit, List.of(new Event.EnvironmentMoved(edit.name(), move)));
        signs.mend(Optional.of(by.subject()));
    }

    private static DirCacheEditor.PathEdit change(Edit edit, ObjectInserter inserter) throws IOException {
        String path = EnvironmentCodec.path(edit.name());
        if (edit.file().isEmpty()) {
            return new DirCacheEditor.DeletePath(path);
        }
        ObjectId blob = inserter.insert(Constants.OBJ_BLOB, edit.file().get());
        return new DirCacheEditor.PathEdit(path) {
            @Override
            public void apply(DirCacheEntry entry) {
                entry.setFileMode(FileMode.REGULAR_FILE);
                entry.setObjectId(blob);
            }
        };
    }
}
