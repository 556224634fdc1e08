package dev.versicle.git;

import static dev.versicle.git.House.ALICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.BesideOthers;
import dev.versicle.prompt.BranchName;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Merge;
import dev.versicle.prompt.MergeConflict;
import dev.versicle.prompt.MergePreview;
import dev.versicle.prompt.PromptFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A merge is what {@code git merge} makes of the same two commits when it follows no renames: the same tree, or
 * conflicts in the same files. Git's own is asked first, in the same repository, as it writes no ref.
 */
@BesideOthers
class MergesAgainstGitTest {
    private static final BranchName BRANCH = new BranchName("theirs");

    @TempDir
    private Path root;

    private House house;

    @BeforeEach
    void open() {
        house = new House(root.resolve("data"));
    }

    @AfterEach
    void everythingIsSound() {
        house.requireSound();
        house.close();
    }

    /** What came of a merge: a tree, or the paths of what conflicts. */
    private record Outcome(Optional<String> tree, SortedSet<String> conflicts) {
        static Outcome of(List<String> said, boolean clean) {
            return clean
                    ? new Outcome(Optional.of(said.getFirst()), new TreeSet<>())
                    : new Outcome(Optional.empty(), new TreeSet<>(said.subList(1, said.size())));
        }
    }

    private Outcome gits(Forked prompt) {
        try {
            Process git = new ProcessBuilder(
                            "git",
                            "-c",
                            "safe.directory=*",
                            "-c",
                            "merge.renames=false",
                            "-C",
                            house.repository(prompt.id).toString(),
                            "merge-tree",
                            "--write-tree",
                            "--name-only",
                            "--no-messages",
                            "-z",
                            "main",
                            BRANCH.text())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = git.waitFor();
            assertTrue(status == 0 || status == 1, () -> "git said " + status + " " + said);
            return Outcome.of(List.of(said.split("\0")), status == 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Of both what was told before the merge and what was made by it. */
    private Outcome ours(Forked prompt) {
        MergePreview preview = prompt.branches.preview(ALICE, prompt.id, BRANCH);
        SortedSet<String> conflicts =
                preview.conflicts().stream().map(MergeConflict::path).collect(Collectors.toCollection(TreeSet::new));
        return conflicts.isEmpty()
                ? new Outcome(Optional.of(merged(prompt)), conflicts)
                : new Outcome(Optional.empty(), conflicts);
    }

    private String merged(Forked prompt) {
        prompt.branches.merge(ALICE, prompt.id, Merge.of(BRANCH, Optional.empty()), Expected.NOTHING);
        return house.git(prompt.id).run("rev-parse", "main^{tree}");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void ofRandomEditsOnBothSidesGitMakesTheSame(long seed) {
        Edits edits = new Edits(seed);
        Forked prompt = new Forked(house, "random-" + seed);
        int clean = 0;
        for (int round = 0; round < 25; round++) {
            PromptFiles base = edits.edited(edits.edited(Forked.files(Map.of("prompt.md", edits.text()))));
            String fork = prompt.save(base);
            prompt.push(BRANCH.text(), edits.edited(base), "theirs " + round, fork);
            prompt.save(edits.edited(base));

            Outcome wanted = gits(prompt);
            Outcome got = ours(prompt);

            assertEquals(wanted, got, "seed " + seed + ", round " + round);
            clean += wanted.tree().stream().toList().size();
        }
        assertTrue(clean > 0 && clean < 25, "seed " + seed + ": both outcomes must come up, clean were " + clean);
    }

    /** Lines that both sides change at random, so that there are changes side by side and the same change twice. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void ofTextsWithManyChangesGitMakesTheSame(long seed) {
        Edits edits = new Edits(seed);
        Forked prompt = new Forked(house, "lines-" + seed);
        int clean = 0;
        for (int round = 0; round < 30; round++) {
            List<String> base = Stream.generate(() -> "line " + edits.below(1_000_000))
                    .limit(8 + edits.below(30))
                    .toList();
            String fork = prompt.save(text(base));
            prompt.push(BRANCH.text(), text(changed(base, edits)), fork);
            prompt.save(text(changed(base, edits)));

            Outcome wanted = gits(prompt);
            Outcome got = ours(prompt);

            assertEquals(wanted, got, "seed " + seed + ", round " + round);
            clean += wanted.tree().stream().toList().size();
        }
        assertTrue(clean > 0 && clean < 30, "seed " + seed + ": both outcomes must come up, clean were " + clean);
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }

    private static List<String> changed(List<String> base, Edits edits) {
        return base.stream().flatMap(line -> changed(line, edits)).toList();
    }

    private static Stream<String> changed(String line, Edits edits) {
        return switch (edits.below(24)) {
            case 0 -> Stream.empty();
            case 1 -> Stream.of(line, "more " + edits.below(3));
            case 2 -> Stream.of("other " + edits.below(3));
            default -> Stream.of(line);
        };
    }
}
