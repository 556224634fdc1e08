package dev.versicle.git;

import dev.versicle.prompt.BranchDesk;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.PromptFile;
import dev.versicle.prompt.PromptFiles;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;

/** One prompt whose branches get commits as a push would bring them. */
final class Forked {
    final House house;
    final PromptId id;
    final BranchDesk branches;

    Forked(House house, String name) {
        this(house, house.create(name, ""));
    }

    Forked(House house, PromptId id) {
        this.house = house;
        this.id = id;
        this.branches = new BranchDesk(house.prompts);
    }

    static PromptFiles files(Map<String, String> texts) {
        Map<String, PromptFile> files = new TreeMap<>();
        texts.forEach((path, text) -> files.put(path, new PromptFile(text.getBytes(StandardCharsets.UTF_8), false)));
        return PromptFiles.of(files);
    }

    /** Saves the next version; returns its commit. */
    String save(PromptFiles files) {
        Draft draft = new Draft(
                new Draft.Content.Files(files),
                new Draft.Slot.Next(),
                Optional.empty(),
                Metadata.NONE,
                Source.CHECKPOINT);
        return house.save(id, draft).version().commit().hex();
    }

    String save(String text) {
        return save(files(Map.of("prompt.md", text)));
    }

    /** Puts a branch on a new commit with these files; returns it. */
    String push(String branch, PromptFiles files, String message, String... parents) {
        try (Repository git = house.repositories.open(id.hex()).orElseThrow();
                ObjectInserter inserter = git.newObjectInserter()) {
            ObjectId tree = TreeCodec.files(files).insertInto(inserter);
            List<ObjectId> before =
                    Arrays.stream(parents).map(ObjectId::fromString).toList();
            ObjectId commit = new Scribe(House.BOB, house.now.get()).commit(inserter, tree, before, message);
            inserter.flush();
            point(git, branch, commit);
            return commit.name();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String push(String branch, String text, String... parents) {
        return push(branch, files(Map.of("prompt.md", text)), text, parents);
    }

    private static void point(Repository git, String branch, ObjectId commit) throws IOException {
        RefUpdate update = git.updateRef(RefNames.BRANCHES + branch);
        update.setNewObjectId(commit);
        update.setForceUpdate(true);
        update.disableRefLog();
        update.update();
    }
}
