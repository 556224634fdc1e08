package dev.versicle.git;

import dev.versicle.Git;
import dev.versicle.prompt.PromptFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A copy of a prompt's repository in the hands of somebody who means no good, and has git. */
final class Bundled {
    private final Path directory;
    private final Git git;

    Bundled(Path bare, Path directory) {
        this.directory = directory;
        new Git(bare)
                .run(
                        "clone",
                        "-q",
                        "--mirror",
                        bare.toString(),
                        directory.resolve("copy.git").toString());
        this.git = new Git(directory.resolve("copy.git"));
    }

    Git git() {
        return git;
    }

    /** Writes an object of any kind, however wrong it is; returns its id. */
    String object(String type, byte[] bytes) {
        try {
            Path file = Files.write(directory.resolve("object"), bytes);
            return git.run("hash-object", "-w", "--literally", "-t", type, file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String blob(String text) {
        return object("blob", text.getBytes(StandardCharsets.UTF_8));
    }

    /** A tree of one entry. */
    String tree(String mode, String name, String id) {
        byte[] head = (mode + " " + name + "\0").getBytes(StandardCharsets.UTF_8);
        byte[] bytes = Arrays.copyOf(head, head.length + 20);
        System.arraycopy(java.util.HexFormat.of().parseHex(id), 0, bytes, head.length, 20);
        return object("tree", bytes);
    }

    String commit(String tree, String... parents) {
        List<String> command = new ArrayList<>(
                List.of("-c", "user.name=Eve", "-c", "user.email=eve@example.org", "commit-tree", "-m", "evil", tree));
        for (String parent : parents) {
            command.addAll(List.of("-p", parent));
        }
        return git.run(command.toArray(String[]::new));
    }

    /** Lets main go on with a version of this tree. */
    Bundled withVersion(String tree) {
        git.run("update-ref", "refs/heads/main", commit(tree, git.run("rev-parse", "refs/heads/main")));
        return this;
    }

    Bundled withRef(String name, String id) {
        git.run("update-ref", name, id);
        return this;
    }

    /** A bundle of the revisions. */
    byte[] bundle(String... revisions) {
        Path file = directory.resolve("made.bundle");
        List<String> command = new ArrayList<>(List.of("bundle", "create", "-q", file.toString()));
        command.addAll(List.of(revisions));
        git.run(command.toArray(String[]::new));
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bytes with a text in their header replaced by another. */
    static byte[] forged(byte[] bundle, String text, String other) {
        String all = new String(bundle, StandardCharsets.ISO_8859_1);
        String forged = all.replaceFirst(java.util.regex.Pattern.quote(text), other);
        if (forged.equals(all)) {
            throw new AssertionError("no " + text + " in the bundle");
        }
        return forged.getBytes(StandardCharsets.ISO_8859_1);
    }

    static PromptFile.Content content(byte[] bytes) {
        return new PromptFile.Content() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        };
    }
}
