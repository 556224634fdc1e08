package dev.versicle.git;

import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;

/**
 * The next tree of an environment's repository, while it is being made: the prompts' directories and the files that
 * tell of them, which change together.
 */
final class EnvironmentEdit {
    private final ObjectReader reader;
    private final ObjectInserter inserter;
    private final EnvironmentTree root;
    private final VersionsFile versions;
    private Optional<Kustomization> kustomization;
    private boolean changed;

    /** What follows on a state, which is changed by this. */
    EnvironmentEdit(EnvironmentState before, ObjectReader reader, ObjectInserter inserter) {
        this.reader = reader;
        this.inserter = inserter;
        this.root = before.root();
        this.versions = before.versions();
        this.kustomization = before.kustomization();
    }

    /** What it is now. */
    EnvironmentState state() {
        return new EnvironmentState(root, versions, kustomization);
    }

    /** Whether the tree will be another one. */
    boolean changed() {
        return changed;
    }

    VersionsFile versions() {
        return versions;
    }

    private PromptTree files(Listed prompt) throws IOException {
        return state().files(reader, prompt);
    }

    /** Lists a prompt with these files, in the place of itself and of whoever has its name. */
    void put(Listed prompt, PromptTree files) throws IOException {
        files.copy(inserter, reader, state().directory(reader, prompt.name()));
        list(prompt, files);
    }

    private void list(Listed prompt, PromptTree files) throws IOException {
        Optional<Listed> old = versions.find(prompt.id());
        if (old.isPresent()) {
            drop(old.get().name());
        }
        drop(prompt.name());
        versions.put(prompt);
        root.put(reader, PromptDirectory.of(prompt.name()).levels(), files.id());
        if (kustomization.isPresent()) {
            kustomization.get().put(prompt.id(), prompt.name(), files.files());
        }
        changed = true;
    }

    /** Gives a prompt another name, where it is listed. */
    void rename(PromptId id, PromptName name) throws IOException {
        Optional<Listed> before = versions.find(id);
        if (before.isPresent()) {
            list(before.get().named(name), files(before.get()));
        }
    }

    /** Takes a prompt out, where it is listed. */
    void remove(PromptId id) throws IOException {
        Optional<Listed> before = versions.find(id);
        if (before.isPresent()) {
            drop(before.get().name());
            changed = true;
        }
    }

    private void drop(PromptName name) throws IOException {
        versions.remove(name);
        root.remove(reader, PromptDirectory.of(name).levels());
        kustomization.ifPresent(file -> file.remove(name));
    }

    /** Makes the {@code kustomization.yaml} be there or not; reads all prompts where it comes. */
    void kustomize(boolean wanted) throws IOException {
        if (wanted == kustomization.isPresent()) {
            return;
        }
        changed = true;
        kustomization = wanted ? Optional.of(Kustomization.empty()) : Optional.empty();
        List<Listed> all = wanted ? versions.all() : List.of();
        for (Listed prompt : all) {
            kustomization
                    .orElseThrow()
                    .put(prompt.id(), prompt.name(), files(prompt).files());
        }
    }

    /** Writes it, and gives its root. */
    ObjectId write() throws IOException {
        root.putFile(VersionsFile.PATH, inserter.insert(Constants.OBJ_BLOB, versions.write()));
        if (kustomization.isPresent()) {
            root.putFile(
                    Kustomization.PATH,
                    inserter.insert(Constants.OBJ_BLOB, kustomization.get().write()));
        } else {
            root.removeFile(Kustomization.PATH);
        }
        return root.write(inserter);
    }
}
