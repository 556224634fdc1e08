package dev.versicle.storage.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.versicle.git.House;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.VersionRef;
import dev.versicle.storage.Quarantine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Cuts the power: right after an answer the image of the mounted file system is copied as it is, and mounted again,
 * which replays its journal. Every version that was acknowledged must be there.
 */
class PowerCutTest {
    private static final int CUTS = 5;
    private static final int SAVES_A_CUT = 4;

    private final Deque<Path> mounted = new ArrayDeque<>();

    @TempDir
    private Path root;

    @AfterEach
    void unmount() {
        while (!mounted.isEmpty()) {
            run("umount", mounted.pop().toString());
        }
    }

    private static void run(String... command) {
        String said = "";
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() == 0) {
                return;
            }
        } catch (IOException e) {
            said = e.toString();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        throw new IllegalStateException(Arrays.toString(command) + ": " + said);
    }

    private Path mount(Path image, String options) throws IOException {
        Path place = Files.createDirectory(root.resolve("on-" + image.getFileName()));
        run("mount", "-o", options, image.toString(), place.toString());
        mounted.push(place);
        return place;
    }

    private Path freshFileSystem(String make, int mebibytes) throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "mounting an image needs root");
        Path image = root.resolve("image");
        try {
            run("truncate", "-s", mebibytes + "M", image.toString());
            run(make, "-q", image.toString());
        } catch (IllegalStateException e) {
            abort(make + " is not installed: " + e.getMessage());
        }
        try {
            return mount(image, "loop");
        } catch (IllegalStateException e) {
            return abort("no image can be mounted here: " + e.getMessage());
        }
    }

    @ParameterizedTest
    @CsvSource({"mkfs.ext4, 64, loop", "mkfs.xfs, 320, 'loop,nouuid'"})
    void everyAcknowledgedVersionSurvivesAPowerCut(String make, int mebibytes, String options) throws IOException {
        Path live = freshFileSystem(make, mebibytes);
        try (House house = new House(live.resolve("data"))) {
            PromptId id = house.create("powerful", "text 1");
            Map<Integer, String> acknowledged = new HashMap<>(Map.of(1, "text 1"));
            for (int cut = 1; cut <= CUTS; cut++) {
                PromptId newest = house.create("made before cut " + cut, "new");
                // The saves come last: making a prompt forces much, and might hide what a save forgets.
                for (int i = 0; i < SAVES_A_CUT; i++) {
                    String text = "text " + (acknowledged.size() + 1);
                    acknowledged.put(house.save(id, text).version().number(), text);
                }

                Path image = root.resolve("cut-" + cut);
                run("cp", "--sparse=always", root.resolve("image").toString(), image.toString());

                proveAll(mount(image, options).resolve("data"), Map.of(id, acknowledged, newest, Map.of(1, "new")));
                run("umount", mounted.pop().toString());
                Files.delete(image);
            }
        }
    }

    /** As loose objects and as a pack; what came last before the cut is the one and the other in turn. */
    @ParameterizedTest
    @CsvSource({"mkfs.ext4, 64, loop", "mkfs.xfs, 320, 'loop,nouuid'"})
    void everythingThatWasAdmittedSurvivesAPowerCut(String make, int mebibytes, String options) throws IOException {
        Path live = freshFileSystem(make, mebibytes);
        try (House house = new House(live.resolve("data"))) {
            PromptId id = house.create("pushed to", "text 1");
            Map<String, String> acknowledged = new HashMap<>();
            for (int cut = 1; cut <= CUTS; cut++) {
                admit(house, id, "cut-" + cut + "-a", cut % 2 == 0 ? 3 : 50, acknowledged);
                admit(house, id, "cut-" + cut + "-b", cut % 2 == 0 ? 50 : 3, acknowledged);

                Path image = root.resolve("cut-" + cut);
                run("cp", "--sparse=always", root.resolve("image").toString(), image.toString());

                try (House after = new House(mount(image, options).resolve("data"))) {
                    acknowledged.forEach(
                            (branch, tip) -> assertEquals(tip, after.git(id).run("rev-parse", branch)));
                    after.requireSound();
                }
                run("umount", mounted.pop().toString());
                Files.delete(image);
            }
        }
    }

    private static void admit(House house, PromptId id, String branch, int commits, Map<String, String> acknowledged)
            throws IOException {
        try (Repository git = house.repositories.open(id.hex()).orElseThrow();
                Quarantine apart = house.repositories.quarantine(git, pack -> {})) {
            ObjectId tip = LocalQuarantineTest.history(apart, branch, commits);
            apart.admit(List.of(tip));
            house.repositories.move(git, Constants.R_HEADS + branch, ObjectId.zeroId(), tip);
            acknowledged.put(branch, tip.name());
        }
    }

    private static void proveAll(Path data, Map<PromptId, Map<Integer, String>> acknowledged) {
        try (House after = new House(data)) {
            acknowledged.forEach((id, versions) -> versions.forEach((number, text) -> assertEquals(
                    text,
                    after.prompts
                            .version(House.ALICE, id, new VersionRef.Numbered(number))
                            .text())));
            after.requireSound();
        }
    }
}
