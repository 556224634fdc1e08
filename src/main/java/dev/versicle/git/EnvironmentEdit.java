package dev.versicle.git;

import dev.versicle.prompt.EnvironmentPlace;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.CorruptObjectException;
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

    private EnvironmentEdit(
            ObjectReader reader,
            ObjectInserter inserter,
            EnvironmentTree root,
            VersionsFile versions,
            Optional<Kustomization> kustomization) {
        this.reader = reader;
        this.inserter = inserter;
        this.root = root;
        this.versions = versions;
        this.kustomization = kustomization;
    }

    /** The first tree of a repository. */
    static EnvironmentEdit first(EnvironmentPlace place, ObjectReader reader, ObjectInserter inserter)
            throws IOException {
        return new EnvironmentEdit(
                reader,
                inserter,
                new EnvironmentTree(reader, Optional.empty()),
                VersionsFile.empty(place),
                Optional.empty());
    }

    /** What follows on a tree. */
    static EnvironmentEdit on(ObjectId tree, ObjectReader reader, ObjectInserter inserter) throws IOException {
        EnvironmentTree root = new EnvironmentTree(reader, Optional.of(tree));
        Optional<ObjectId> styled = root.file(Kustomization.PATH);
        return new EnvironmentEdit(
                reader,
                inserter,
                root,
                versions(root, reader),
                styled.isPresent() ? Optional.of(kustomization(reader, styled.get())) : Optional.empty());
    }

    /** What a tree says of the prompts in it. */
    static VersionsFile versions(ObjectReader reader, ObjectId tree) throws IOException {
        return versions(new EnvironmentTree(reader, Optional.of(tree)), reader);
    }

    private static VersionsFile versions(EnvironmentTree root, ObjectReader reader) throws IOException {
        ObjectId file = root.file(VersionsFile.PATH)
                .orElseThrow(
                        () -> new CorruptObjectException("an environment's repository has no " + VersionsFile.PATH));
        byte[] bytes = bytes(reader, file);
        try {
            return VersionsFile.read(bytes);
        } catch (IOException e) {
            throw broken(VersionsFile.PATH, e);
        }
    }

    private static Kustomization kustomization(ObjectReader reader, ObjectId file) throws IOException {
        byte[] bytes = bytes(reader, file);
        try {
            return Kustomization.read(bytes);
        } catch (IOException e) {
            throw broken(Kustomization.PATH, e);
        }
    }

    /** Another hand was here: trying again would not help. */
    private static CorruptObjectException broken(String path, IOException why) {
        return new CorruptObjectException(path + " is not as this server writes it", why);
    }

    private static byte[] bytes(ObjectReader reader, ObjectId blob) throws IOException {
        return reader.open(blob, Constants.OBJ_BLOB).getBytes();
    }

    /** Whether the tree will be another one. */
    boolean changed() {
        return changed;
    }

    VersionsFile versions() {
        return versions;
    }

    /** The directory of a prompt that is listed here. */
    PromptTree files(Listed prompt) throws IOException {
        return new PromptTree(reader, directory(prompt.name()).orElseThrow(() -> new IOException("no directory")));
    }

    private Optional<ObjectId> directory(PromptName name) throws IOException {
        return root.directory(PromptDirectory.of(name).levels());
    }

    /** Lists a prompt with these files, in the place of itself and of whoever has its name. */
    void put(Listed prompt, PromptTree files) throws IOException {
        files.copy(inserter, reader, directory(prompt.name()));
        list(prompt, files);
    }

    private void list(Listed prompt, PromptTree files) throws IOException {
        Optional<Listed> old = versions.find(prompt.id());
        if (old.isPresent()) {
            drop(old.get().name());
        }
        drop(prompt.name());
        versions.put(prompt);
        root.put(PromptDirectory.of(prompt.name()).levels(), files.id());
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
        root.remove(PromptDirectory.of(name).levels());
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
