package dev.versicle.git;

import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.Source;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * One real text as this room writes and reads it, step by step, for the benchmarks, which live in another room. The
 * tree lies in memory: what is measured is the codec and no disk.
 */
public final class Codecs implements AutoCloseable {
    private static final Instant MOMENT = Instant.parse("2026-04-22T10:14:00.123Z");

    private final InMemoryRepository git;
    private final PromptText text;
    private final ObjectId tree;
    private final VersionMessage message;
    private final Note note;
    private final String writtenMessage;
    private final String writtenNote;

    public Codecs(String text) throws IOException {
        this.git = new InMemoryRepository(new DfsRepositoryDescription("codecs"));
        this.text = new PromptText(text);
        try (ObjectInserter inserter = git.newObjectInserter();
                ObjectReader reader = git.newObjectReader()) {
            this.tree = TreeCodec.body(reader, Optional.empty(), this.text).insertInto(inserter);
            inserter.flush();
        }
        Metadata metadata = new Metadata(
                Optional.empty(),
                Optional.of(new DisplayVersion("v1.1")),
                Optional.of("Tone update"),
                Optional.of("Softened the opening line."));
        this.message = new VersionMessage(
                Optional.of(2),
                metadata,
                Optional.of(MOMENT),
                Optional.empty(),
                new VersionMessage.Made(Source.CHECKPOINT, Optional.of("alice"), Optional.empty()));
        this.note = new Note(metadata, Optional.of(MOMENT), "alice", MOMENT, false);
        this.writtenMessage = CommitCodec.write(message);
        this.writtenNote = NoteCodec.write(note);
    }

    /** Plans the tree of a save on top of the one before; returns its id. */
    public Object writeTree() throws IOException {
        try (ObjectReader reader = git.newObjectReader()) {
            return TreeCodec.body(reader, Optional.of(tree), text).id();
        }
    }

    public Object readTree() throws IOException {
        try (ObjectReader reader = git.newObjectReader()) {
            return TreeCodec.read(reader, tree).text();
        }
    }

    public Object writeCommit() {
        return CommitCodec.write(message);
    }

    public Object readCommit() {
        return CommitCodec.read(writtenMessage);
    }

    public Object writeNote() {
        return NoteCodec.write(note);
    }

    public Object readNote() {
        return NoteCodec.read(writtenNote);
    }

    @Override
    public void close() {
        git.close();
    }
}
