package dev.versicle.git;

import static dev.versicle.git.House.ALICE;
import static dev.versicle.git.House.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.prompt.BranchName;
import dev.versicle.prompt.CheckpointResult;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.Diff;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Merge;
import dev.versicle.prompt.MergeConflict;
import dev.versicle.prompt.MergeConflict.Lines;
import dev.versicle.prompt.MergePreview;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptFile;
import dev.versicle.prompt.PromptFiles;
import dev.versicle.prompt.PromptText;
import dev.versicle.prompt.Right;
import dev.versicle.prompt.SettingsDesk;
import dev.versicle.prompt.Source;
import dev.versicle.prompt.Version;
import dev.versicle.prompt.VersionRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Merges of branches into main: what they make, what they refuse, and what they leave alone. */
class MergesTest {
    private static final BranchName TOPIC = new BranchName("topic");
    private static final String BASE = "one\ntwo\nthree\nfour\nfive\n";

    @TempDir
    private Path root;

    private House house;
    private Forked prompt;
    private String fork;

    @BeforeEach
    void open() {
        house = new House(root.resolve("data"));
        prompt = new Forked(house, "forked");
        fork = prompt.save(BASE);
    }

    @AfterEach
    void everythingIsSound() {
        house.requireSound();
        house.close();
    }

    private CheckpointResult merge() {
        return merge(Optional.empty(), Expected.NOTHING);
    }

    private CheckpointResult merge(Optional<String> message, Expected expected) {
        return prompt.branches.merge(ALICE, prompt.id, Merge.of(TOPIC, message), expected);
    }

    private MergePreview preview() {
        return prompt.branches.preview(ALICE, prompt.id, TOPIC);
    }

    private Problem refusal() {
        return assertThrows(PromptException.class, this::merge).problem();
    }

    private List<MergeConflict> conflicts() {
        return assertInstanceOf(Problem.Conflicts.class, refusal()).conflicts();
    }

    private Version latest() {
        return house.prompts.version(ALICE, prompt.id, new VersionRef.Latest());
    }

    private List<Integer> numbers() {
        return house.prompts.versions(ALICE, prompt.id, new Page.Window(1, 100)).items().stream()
                .map(Version::number)
                .toList();
    }

    private String git(String... arguments) {
        return house.git(prompt.id).run(arguments);
    }

    /** Every file of the repository with what is in it. */
    private SortedMap<String, String> disk() {
        Path repository = house.repository(prompt.id);
        try (Stream<Path> files = Files.walk(repository)) {
            return files.collect(Collectors.toMap(
                    file -> repository.relativize(file).toString(), MergesTest::content, (a, b) -> a, TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String content(Path file) {
        try {
            String at = Files.getLastModifiedTime(file) + " ";
            return Files.isDirectory(file) ? at : at + Arrays.hashCode(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whereMainStoodStillTheBranchsCommitsAreItsVersions() {
        String one = prompt.push("topic", BASE + "six\n", fork);
        String two = prompt.push("topic", BASE + "six\nseven\n", one);

        MergePreview preview = preview();
        CheckpointResult result = merge(Optional.of("said of no commit"), Expected.NOTHING);

        assertEquals(MergePreview.Way.FAST_FORWARD, preview.way());
        assertEquals(Optional.of(4), preview.version());
        assertEquals(List.of(new MergePreview.Changed("prompt.md", Diff.Change.MODIFIED)), preview.files());
        Version version = assertInstanceOf(CheckpointResult.Saved.class, result).version();
        assertEquals(4, version.number());
        assertEquals(two, version.commit().hex());
        assertEquals(two, git("rev-parse", "main"));
        assertEquals(List.of(4, 3, 2, 1), numbers());
    }

    @Test
    void whereBothWentOnACommitOfBothIsTheNextVersion() {
        String theirs = prompt.push("topic", BASE + "six\n", fork);
        String ours = prompt.save("zero\n" + BASE);

        MergePreview preview = preview();
        CheckpointResult result = merge(Optional.of("Both ends\n\nOne each.\n"), Expected.NOTHING);

        assertEquals(MergePreview.Way.MERGE, preview.way());
        assertEquals(Optional.of(4), preview.version());
        Version version = assertInstanceOf(CheckpointResult.Saved.class, result).version();
        assertEquals("zero\n" + BASE + "six\n", version.text());
        assertEquals(4, version.number());
        assertEquals(Optional.of("Both ends"), version.metadata().title());
        assertEquals(Optional.of("One each."), version.metadata().description());
        assertEquals("alice", version.snapshot().origin().createdBy());
        assertEquals(Source.CHECKPOINT, version.snapshot().origin().source());
        assertEquals(ours + " " + theirs, git("log", "-1", "--format=%P", "main"));
        assertEquals(
                "Both ends\n\nOne each.\n\nVersion: 4\nTitle: Both ends\nSource: checkpoint\nCreated-By: alice",
                git("log", "-1", "--format=%B", "main").stripTrailing());
        assertEquals(List.of(4, 3, 2, 1), numbers());
    }

    @Test
    void aMergeThatNobodyNamesSaysWhichBranchItIsOf() {
        prompt.push("topic", BASE + "six\n", fork);
        prompt.save("zero\n" + BASE);

        assertEquals(
                Optional.of("Merge branch 'topic'"),
                merge().version().metadata().title());
    }

    @Test
    void theVersionsOfAMergedPromptAreTheSameAfterTheIndexWasMadeAnew() throws IOException {
        prompt.push("topic", BASE + "six\n", fork);
        prompt.save("zero\n" + BASE);
        merge();
        List<String> before = Look.at(house, prompt.id);

        house.close();
        Files.delete(root.resolve("data/catalog.db"));
        house = new House(root.resolve("data"));

        assertEquals(before, Look.at(house, prompt.id));
    }

    @Test
    void whatMainHasAlreadyIsNotMergedAgain() {
        prompt.push("topic", BASE + "six\n", fork);
        prompt.save("zero\n" + BASE);
        Version merged = merge().version();
        SortedMap<String, String> before = disk();

        MergePreview preview = preview();
        CheckpointResult again = merge();

        assertEquals(MergePreview.Way.UP_TO_DATE, preview.way());
        assertEquals(Optional.empty(), preview.version());
        assertEquals(new CheckpointResult.Unchanged(merged), again);
        assertEquals(before, disk());
    }

    /** So that the next merge does not begin at the same place again. */
    @Test
    void aMergeThatChangesNoFileIsKeptAndIsNoVersion() {
        String theirs = prompt.push("topic", BASE + "six\n", fork);
        String ours = prompt.save(BASE + "six\n");

        MergePreview preview = preview();
        CheckpointResult result = merge(Optional.of("Same\n\nVersion: 17"), Expected.NOTHING);

        assertEquals(MergePreview.Way.MERGE, preview.way());
        assertEquals(Optional.empty(), preview.version());
        assertEquals(List.of(), preview.files());
        assertEquals(
                ours,
                assertInstanceOf(CheckpointResult.Unchanged.class, result)
                        .version()
                        .commit()
                        .hex());
        assertEquals(ours + " " + theirs, git("log", "-1", "--format=%P", "main"));
        assertEquals(List.of(3, 2, 1), numbers());
        assertEquals(MergePreview.Way.UP_TO_DATE, preview().way());
        prompt.save("next\n");
        assertEquals(List.of(4, 3, 2, 1), numbers());
    }

    @Test
    void whatTheLatestVersionIsNoMoreIsAVersionAgain() {
        prompt.push("topic", BASE + "six\n", fork);
        prompt.save(BASE + "six\n");
        house.prompts.deleteVersion(ALICE, prompt.id, 3);

        assertEquals(Optional.of(4), preview().version());
        assertEquals(
                4,
                assertInstanceOf(CheckpointResult.Saved.class, merge())
                        .version()
                        .number());
        assertEquals(BASE + "six\n", latest().text());
    }

    @Test
    void aPreviewAndARefusedMergeLeaveEveryFileAsItWas() {
        prompt.push("topic", BASE.replace("three", "drei"), fork);
        prompt.save(BASE.replace("three", "trois"));
        prompt.push("clean", BASE + "six\n", fork);
        SortedMap<String, String> before = disk();

        preview();
        conflicts();
        prompt.branches.preview(ALICE, prompt.id, new BranchName("clean"));

        assertEquals(before, disk());
    }

    @Test
    void theSameLinesChangedOnBothSidesAreToldWithTheirPlaces() {
        prompt.push("topic", "first\n" + BASE.replace("three", "drei"), fork);
        prompt.save(BASE.replace("three", "trois"));

        MergeConflict conflict = conflicts().getFirst();

        assertEquals(preview().conflicts(), List.of(conflict));
        assertEquals(MergePreview.Way.CONFLICT, preview().way());
        assertEquals("prompt.md CONTENT", conflict.path() + " " + conflict.kind());
        assertEquals(
                List.of(new MergeConflict.Region(
                        new Lines(3, 1, "three\n"), new Lines(3, 1, "trois\n"), new Lines(4, 1, "drei\n"))),
                conflict.regions());
        assertTrue(conflict.complete());
        assertFalse(conflict.binary());
    }

    /** What {@code git merge-file --diff3} puts between its markers, with equal first and last lines left off. */
    @Test
    void whatBothAddedAlikeIsNotPartOfTheConflictAndTheBaseIsWhole() {
        prompt.push("topic", "one\nsame\ndrei\nalike\nfive\n", fork);
        prompt.save("one\nsame\ntrois\nalike\nfive\n");

        assertEquals(
                List.of(new MergeConflict.Region(
                        new Lines(2, 3, "two\nthree\nfour\n"), new Lines(3, 1, "trois\n"), new Lines(3, 1, "drei\n"))),
                conflicts().getFirst().regions());
    }

    @Test
    void eachKindOfConflictHasItsName() {
        String base = prompt.save(
                Forked.files(Map.of("prompt.md", "p\n", "a", "a\n", "b", "b\n", "c", "c\0\n", "e", "e\n", "f", "f\n")));
        prompt.push(
                "topic",
                with(
                        Forked.files(Map.of(
                                "prompt.md",
                                "p\n",
                                "b",
                                "b changed\n",
                                "c",
                                "c\0 theirs\n",
                                "d",
                                "theirs\n",
                                "f/x",
                                "")),
                        "e",
                        true),
                "theirs",
                base);
        prompt.save(Forked.files(
                Map.of("prompt.md", "p\n", "a", "a changed\n", "c", "c\0 ours\n", "d", "ours\n", "f", "f changed\n")));

        assertEquals(
                List.of(
                        "a DELETED_BY_THEM false 1",
                        "b DELETED_BY_US false 1",
                        "c CONTENT true 0",
                        "d BOTH_ADDED false 1",
                        "e DELETED_BY_US false 0",
                        "f FILE_DIRECTORY false 0"),
                conflicts().stream()
                        .map(file -> file.path() + " " + file.kind() + " " + file.binary() + " "
                                + file.regions().size())
                        .toList());
    }

    @Test
    void aFileThatBothAddedWithAnotherModeIsAConflict() {
        PromptFiles plain = Forked.files(Map.of("prompt.md", BASE, "x", "x\n"));
        prompt.push("topic", with(plain, "x", true), "theirs", fork);
        prompt.save(plain);

        assertEquals(List.of(new MergeConflict("x", MergeConflict.Kind.MODE, false, List.of(), true)), conflicts());
    }

    private static PromptFiles with(PromptFiles files, String path, boolean executable) {
        Map<String, PromptFile> changed = new TreeMap<>(files.byPath());
        byte[] bytes = Optional.ofNullable(files.byPath().get(path))
                .map(PromptFile::bytes)
                .orElse(new byte[] {'e', '\n'});
        changed.put(path, new PromptFile(bytes, executable));
        return PromptFiles.of(changed);
    }

    @Test
    void moreRegionsThanCanBeToldAreCounted() {
        List<String> lines = IntStream.range(0, 3 * MergeConflict.REGIONS_MAX + 30)
                .mapToObj(line -> "line " + line)
                .toList();
        String base = prompt.save(String.join("\n", lines));
        prompt.push("topic", every3rd(lines, "theirs"), base);
        prompt.save(every3rd(lines, "ours"));

        MergeConflict conflict = conflicts().getFirst();

        assertEquals(MergeConflict.REGIONS_MAX, conflict.regions().size());
        assertFalse(conflict.complete());
    }

    private static String every3rd(List<String> lines, String side) {
        return IntStream.range(0, lines.size())
                .mapToObj(line -> line % 3 == 1 ? side + line : lines.get(line))
                .collect(Collectors.joining("\n"));
    }

    /** Two that were merged into each other have two common bases, which are merged first. */
    @Test
    void historiesThatCrossAreMergedByWhatTheyHaveInCommon() {
        String theirs = prompt.push("topic", BASE.replace("five", "cinq"), fork);
        String ours = prompt.save(BASE.replace("one", "un"));
        String both = BASE.replace("one", "un").replace("five", "cinq");
        merge();
        String crossed = prompt.push("topic", both, theirs, ours);
        prompt.push("topic", both.replace("two", "deux"), crossed);
        prompt.save(both.replace("four", "quatre"));

        Version merged = merge().version();

        assertEquals(2, git("merge-base", "--all", "main^1", "topic").lines().count());
        assertEquals(both.replace("two", "deux").replace("four", "quatre"), merged.text());
    }

    /** A ladder of merges that cross, three at a time: how many bases there are doubles with each of its steps. */
    @Test
    void historiesThatAreWovenWithoutEndAreRefusedInWords() {
        List<String> tips = List.of(fork);
        for (int step = 0; step < 24; step++) {
            List<String> below = tips;
            int height = step;
            tips = IntStream.range(0, 3)
                    .mapToObj(side -> prompt.push("side" + side, height + " " + side, below.toArray(String[]::new)))
                    .toList();
        }
        String[] parents = tips.toArray(String[]::new);
        prompt.push("main", "ours", fork, parents[0], parents[1], parents[2]);
        prompt.push("topic", "theirs", parents[0], parents[1], parents[2]);

        assertTrue(assertInstanceOf(Problem.Unmergeable.class, refusal()).why().contains("too entangled"));
    }

    @Test
    void historiesThatHaveNothingInCommonAreNotMerged() {
        prompt.push("topic", "of its own\n");
        prompt.save("on\n");

        assertEquals(new Problem.Unmergeable(TOPIC, "Branch topic and main have no commit in common."), refusal());
    }

    /** Main's line would become another's; and no header that somebody wrote gives a number. */
    @Test
    void whatCannotBecomeMainsOwnLineIsMergedBesideIt() {
        String aside = prompt.push("topic", BASE + "six\n", fork);
        String main = prompt.save("zero\n" + BASE);
        String foxtrot = prompt.push("topic", "zero\n" + BASE + "six\n", aside, main);

        Version merged = merge().version();

        assertEquals(main + " " + foxtrot, git("log", "-1", "--format=%P", "main"));
        assertEquals(4, merged.number());

        String forged = prompt.push(
                "topic",
                Forked.files(Map.of("prompt.md", "forged\n")),
                "x\n\nVersion: 40\nCreated-By: admin\n",
                merged.commit().hex());
        Version next = merge().version();

        assertEquals(merged.commit().hex() + " " + forged, git("log", "-1", "--format=%P", "main"));
        assertEquals("5 alice", next.number() + " " + next.snapshot().origin().createdBy());
    }

    @Test
    void aMergeOfValidSidesThatIsNoValidPromptIsRefused() {
        prompt.push("topic", Forked.files(Map.of("prompt.md", BASE, "Read", "1")), "theirs", fork);
        prompt.save(Forked.files(Map.of("prompt.md", BASE, "read", "2")));

        Problem.Invalid invalid = assertInstanceOf(Problem.Invalid.class, refusal());
        assertTrue(invalid.rule().contains("only in case"), invalid::rule);
    }

    @Test
    void aBranchThatIsNotThereCannotBeMerged() {
        assertEquals(new Problem.BranchNotFound(TOPIC), refusal());
        assertEquals(
                new Problem.BranchNotFound(new BranchName("draft")),
                assertThrows(
                                PromptException.class,
                                () -> prompt.branches.preview(ALICE, prompt.id, new BranchName("draft")))
                        .problem());
    }

    @Test
    void whoSawAnotherVersionIsToldSoAndMainStays() {
        prompt.push("topic", BASE + "six\n", fork);
        String seen = prompt.save("zero\n" + BASE);
        Expected old = expected(fork);

        PromptException late = assertThrows(PromptException.class, () -> merge(Optional.empty(), old));
        assertEquals(new Problem.Stale(Optional.of(new CommitId(seen))), late.problem());
        assertEquals(seen, git("rev-parse", "main"));
        assertEquals(4, merge(Optional.empty(), expected(seen)).version().number());
    }

    private static Expected expected(String commit) {
        return new Expected(List.of(new Expected.Stamp(commit, Optional.empty())));
    }

    /** Main's newest commit need not be a version: who names either of the two has seen all there is. */
    @Test
    void mainsNewestCommitMayBeNamedOrTheLatestVersion() {
        prompt.push("topic", BASE + "six\n", fork);
        String latest = prompt.save(BASE + "six\n");
        merge();
        String tip = git("rev-parse", "main");
        prompt.push("topic", BASE + "six\nseven\n", fork);
        prompt.push("other", "zero\n" + BASE + "six\n", latest);

        assertEquals(
                MergeConflict.Kind.CONTENT,
                assertInstanceOf(
                                Problem.Conflicts.class,
                                assertThrows(PromptException.class, () -> merge(Optional.empty(), expected(tip)))
                                        .problem())
                        .conflicts()
                        .getFirst()
                        .kind());
        Merge other = Merge.of(new BranchName("other"), Optional.empty());
        assertEquals(
                4,
                prompt.branches
                        .merge(ALICE, prompt.id, other, expected(latest))
                        .version()
                        .number());
    }

    @Test
    void theDraftStaysWhatItIs() {
        prompt.push("topic", BASE + "six\n", fork);
        house.prompts.saveDraft(ALICE, prompt.id, new PromptText("not yet"));

        assertFalse(merge().version().matchesCurrent());
        assertEquals("not yet", house.prompts.draft(ALICE, prompt.id).text());
    }

    @Test
    void whoMayReadMayLookAndWhoMayUpdateMayMerge() {
        prompt.push("topic", BASE + "six\n", fork);
        SettingsDesk settings = new SettingsDesk(house.prompts, house.system);
        settings.grant(ALICE, prompt.id, Map.of("bob", Right.READ));

        assertEquals(
                MergePreview.Way.FAST_FORWARD,
                prompt.branches.preview(BOB, prompt.id, TOPIC).way());
        Merge merge = Merge.of(TOPIC, Optional.empty());
        assertEquals(
                new Problem.Denied(prompt.id, Right.UPDATE),
                assertThrows(
                                PromptException.class,
                                () -> prompt.branches.merge(BOB, prompt.id, merge, Expected.NOTHING))
                        .problem());
    }

    /** Each merge brings a file, each save a text; all set out together. */
    @Test
    void mergesAndSavesAtOnceLoseNothing() throws Exception {
        int each = 8;
        for (int i = 0; i < each; i++) {
            prompt.push("topic" + i, Forked.files(Map.of("prompt.md", BASE, "file" + i, "x\n")), "topic " + i, fork);
        }
        List<Callable<Integer>> work = IntStream.range(0, each)
                .boxed()
                .<Callable<Integer>>mapMulti((i, calls) -> {
                    Merge merge = Merge.of(new BranchName("topic" + i), Optional.empty());
                    calls.accept(() -> prompt.branches
                            .merge(ALICE, prompt.id, merge, Expected.NOTHING)
                            .version()
                            .number());
                    calls.accept(
                            () -> house.save(prompt.id, "text " + i).version().number());
                })
                .toList();

        List<Integer> given = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> done : threads.invokeAll(work)) {
                given.add(done.get());
            }
        }

        assertEquals(
                IntStream.rangeClosed(3, 2 + 2 * each).boxed().toList(),
                given.stream().sorted().toList());
        assertEquals(given.size() + 2, numbers().size());
        assertEquals(Integer.toString(given.size() + 2), git("rev-list", "--first-parent", "--count", "main"));
        assertEquals(each + 1, git("ls-tree", "--name-only", "main").lines().count());
        assertTrue(latest().text().startsWith("text "), latest()::text);
    }

    /** What another process does between the look at main and its move. */
    @Test
    void aMergeThatLostItsRaceIsDecidedAnew() {
        prompt.push("topic", BASE + "six\n", fork);
        Path data = root.resolve("data");
        AtomicReference<Optional<Runnable>> other = new AtomicReference<>(Optional.empty());
        house.close();
        house = new House(
                data,
                house.now.get(),
                new Watched(step -> Optional.of(step)
                        .filter("before move refs/heads/main"::equals)
                        .flatMap(ignored -> other.getAndSet(Optional.empty()))
                        .ifPresent(Runnable::run)));
        prompt = new Forked(house, prompt.id);
        other.set(Optional.of(() -> prompt.push("main", "zero\n" + BASE, fork)));

        Version merged = merge().version();

        assertEquals("zero\n" + BASE + "six\n", merged.text());
        assertEquals(4, merged.number());
        assertEquals(List.of(4, 3, 2, 1), numbers());
    }
}
