package dev.versicle.git;

import dev.versicle.Git;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.GitLimits;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptRepository;
import dev.versicle.prompt.Wire;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Somebody with a clone, who commits with real git and whose pushes reach a house without doors as git sends them. */
final class Pusher {
    private static final String NOTHING = "0".repeat(40);
    private static final int LENGTH_DIGITS = 4;
    private static final byte REPORT = 1;

    final Git git;
    final Path place;
    private final House house;
    private final PromptId id;

    /** What became of each ref, {@code ok} or a sentence; and the lines after {@code remote:}. */
    record Outcome(Map<String, String> refs, List<String> told) {
        String of(String ref) {
            return refs.getOrDefault(ref, "nothing");
        }
    }

    private Pusher(House house, PromptId id, Path place, Git git) {
        this.house = house;
        this.id = id;
        this.place = place;
        this.git = git;
    }

    static Pusher clone(House house, PromptId id, Path place) {
        house.git(id).run("clone", "-q", house.repository(id).toString(), place.toString());
        Pusher clone = new Pusher(house, id, place, new Git(place));
        clone.git.run("config", "user.name", "Carol");
        clone.git.run("config", "user.email", "carol@example.org");
        return clone;
    }

    /** The same clone, pushing to another house that has the prompt. */
    Pusher to(House other) {
        return new Pusher(other, id, place, git);
    }

    String head() {
        return git.run("rev-parse", "HEAD");
    }

    /** Commits a text on the branch that is checked out, and says the commit's id. */
    String commit(String text, String message, String... options) {
        write("prompt.md", text);
        List<String> command = new ArrayList<>(List.of("commit", "-q", "--allow-empty", "-m", message));
        command.addAll(List.of(options));
        git.run(command.toArray(String[]::new));
        return head();
    }

    /** Commits a text as {@link #commit} does, at a moment of the past: git has no option for it. */
    String commitAt(Instant moment, String text, String message) {
        write("prompt.md", text);
        String who = "Carol <carol@example.org> " + moment.getEpochSecond() + " +0000\n";
        String commit = "tree " + git.run("write-tree") + "\nparent " + head() + "\nauthor " + who + "committer " + who
                + "\n" + message + "\n";
        try {
            Path file = Files.writeString(place.resolve(".git/commit"), commit);
            git.run("reset", "-q", "--hard", git.run("hash-object", "-t", "commit", "-w", file.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return head();
    }

    void write(String path, String text) {
        try {
            Files.createDirectories(place.resolve(path).getParent());
            Files.writeString(place.resolve(path), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        git.run("add", "--", path);
    }

    Outcome push(String... refspecs) {
        return push(House.ALICE, false, refspecs);
    }

    Outcome pushAtomically(String... refspecs) {
        return push(House.ALICE, true, refspecs);
    }

    /** Refspecs as git has them, by full names: {@code main:refs/heads/main}, or {@code :refs/tags/v1} to delete. */
    Outcome push(Caller by, boolean atomic, String... refspecs) {
        Map<String, String> there = refs();
        List<String> commands = new ArrayList<>();
        for (String refspec : refspecs) {
            int colon = refspec.lastIndexOf(':');
            String ref = refspec.substring(colon + 1);
            String to = colon == 0 ? NOTHING : git.run("rev-parse", refspec.substring(0, colon));
            commands.add(there.getOrDefault(ref, NOTHING) + " " + to + " " + ref);
        }
        return send(by, atomic, commands);
    }

    Map<String, String> refs() {
        Map<String, String> refs = new TreeMap<>();
        for (String line : house.git(id).lines("for-each-ref", "--format=%(refname) %(objectname)")) {
            refs.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1));
        }
        return refs;
    }

    /** Commands are {@code <old> <new> <ref>}. */
    Outcome send(Caller by, boolean atomic, List<String> commands) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        String abilities = "\0 report-status side-band-64k ofs-delta quiet" + (atomic ? " atomic" : "");
        for (String command : commands) {
            line(request, command + (request.size() == 0 ? abilities : ""));
        }
        request.writeBytes("0000".getBytes(StandardCharsets.US_ASCII));
        if (commands.stream().anyMatch(command -> !command.split(" ", -1)[1].equals(NOTHING))) {
            request.writeBytes(pack());
        }
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        Wire wire =
                new Wire(Optional.empty(), new ByteArrayInputStream(request.toByteArray()), answer, GitLimits.DEFAULT);
        try (PromptRepository prompt = house.store.open(id)) {
            prompt.receive(wire, by, number -> "https://prompts.example/" + number);
        }
        return outcome(answer.toByteArray());
    }

    private static void line(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeBytes(String.format("%04x", bytes.length + LENGTH_DIGITS).getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(bytes);
    }

    /** Everything that the clone has. */
    private byte[] pack() {
        try {
            Path bundle = Files.createTempFile(place.resolve(".git"), "all", ".bundle");
            git.run("bundle", "create", "-q", bundle.toString(), "--all", "HEAD");
            byte[] bytes = Files.readAllBytes(bundle);
            String header = new String(bytes, StandardCharsets.ISO_8859_1);
            return Arrays.copyOfRange(bytes, header.indexOf("\n\n") + 2, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Outcome outcome(byte[] answer) {
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        for (byte[] packet : packets(answer)) {
            (packet[0] == REPORT ? report : told).write(packet, 1, packet.length - 1);
        }
        Map<String, String> refs = new LinkedHashMap<>();
        for (byte[] packet : packets(report.toByteArray())) {
            String[] words = new String(packet, StandardCharsets.UTF_8).strip().split(" ", 3);
            refs.put(words[1], words[0].equals("ng") ? words[2] : words[0]);
        }
        return new Outcome(refs, told.toString(StandardCharsets.UTF_8).lines().toList());
    }

    private static List<byte[]> packets(byte[] bytes) {
        List<byte[]> packets = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int length = Integer.parseInt(new String(bytes, at, LENGTH_DIGITS, StandardCharsets.US_ASCII), 16);
            if (length > LENGTH_DIGITS) {
                packets.add(Arrays.copyOfRange(bytes, at + LENGTH_DIGITS, at + length));
            }
            at += Math.max(length, LENGTH_DIGITS);
        }
        return packets;
    }
}
