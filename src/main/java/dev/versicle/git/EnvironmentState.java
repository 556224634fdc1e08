package dev.versicle.git;

import dev.versicle.prompt.EnvironmentPlace;
import dev.versicle.prompt.PromptName;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;

/** What a tree of an environment's repository says, for one hand at a time to change. */
record EnvironmentState(EnvironmentTree root, VersionsFile versions, Optional<Kustomization> kustomization) {
    /** Before the first commit. */
    static EnvironmentState empty(EnvironmentPlace place) {
        return new EnvironmentState(EnvironmentTree.empty(), VersionsFile.empty(place), Optional.empty());
    }

    static EnvironmentState read(ObjectReader reader, ObjectId tree) throws IOException {
        EnvironmentTree root = EnvironmentTree.read(reader, tree);
        Optional<ObjectId> styled = root.file(Kustomization.PATH);
        return new EnvironmentState(
                root,
                versions(reader, root),
                styled.isPresent() ? Optional.of(kustomization(reader, styled.get())) : Optional.empty());
    }

    /** What a tree says of the prompts in it. */
    static VersionsFile versions(ObjectReader reader, ObjectId tree) throws IOException {
        return versions(reader, EnvironmentTree.read(reader, tree));
    }

    private static VersionsFile versions(ObjectReader reader, EnvironmentTree root) throws IOException {
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

    /** The files of a prompt that is listed here. */
    PromptTree files(ObjectReader reader, Listed prompt) throws IOException {
        return new PromptTree(
                reader, directory(reader, prompt.name()).orElseThrow(() -> new IOException("no directory")));
    }

    /** Where the files of a prompt of this name are. */
    Optional<ObjectId> directory(ObjectReader reader, PromptName name) throws IOException {
        return root.directory(reader, PromptDirectory.of(name).levels());
    }

    /** Another hand was here: trying again would not help. */
    private static CorruptObjectException broken(String path, IOException why) {
        return new CorruptObjectException(path + " is not as this server writes it", why);
    }

    private static byte[] bytes(ObjectReader reader, ObjectId blob) throws IOException {
        return reader.open(blob, Constants.OBJ_BLOB).getBytes();
    }
}
