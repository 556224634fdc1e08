package dev.versicle.bench;

import dev.versicle.git.House;
import dev.versicle.prompt.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** What an operation costs among few and among many versions, or prompts: in the heart, without HTTP. */
final class CostGrowth {
    private static final Page.Window FIRST_PAGE = new Page.Window(1, Page.Window.LIMIT_DEFAULT);

    /** As many as a house of the tests keeps open, so that the number of prompts is all that differs. */
    private static final int PROMPTS_USED_MAX = 32;

    private static final int TENTH = 10;

    /** Writes make few more: after this many a run, 100 are still about as few. */
    private static final int WRITES_MAX = 20;

    private final Pace pace;
    private final Scratch scratch;
    private final Texts texts;
    private final List<Growth> growth = new ArrayList<>();
    private final AtomicInteger names = new AtomicInteger();

    /** A house, and what of it is used. */
    private record Place(Grown grown, List<Grown.Filled> filled) {
        Grown.Filled any() {
            return filled.get(ThreadLocalRandom.current().nextInt(filled.size()));
        }

        House house() {
            return grown.house;
        }
    }

    /** What is done in a place. */
    @FunctionalInterface
    private interface Habit {
        Load.Deed in(Place place);
    }

    CostGrowth(Pace pace, Scratch scratch, Texts texts) {
        this.pace = pace;
        this.scratch = scratch;
        this.texts = texts;
    }

    List<Growth> measure() throws ExecutionException, InterruptedException {
        try (Grown few = new Grown(scratch.resolve("few"), texts);
                Grown many = new Grown(scratch.resolve("many"), texts);
                Grown deep = new Grown(scratch.resolve("deep"), texts);
                ExecutorService aside = Executors.newSingleThreadExecutor()) {
            // One prompt is written by one at a time, which leaves time for the others.
            Future<Grown.Filled> big = aside.submit(() -> deep.prompt("Many versions", pace.many()));
            List<Grown.Filled> all = many.prompts(pace.many());
            Place fewPrompts = new Place(few, used(few.prompts(pace.few())));
            Place fewVersions = new Place(deep, List.of(deep.prompt("Few versions", pace.few())));
            ofVersions(fewVersions, new Place(deep, List.of(big.get())));
            ofPrompts(fewPrompts, new Place(many, used(all)));
            ofEnvironments(few, many, all);
        }
        return List.copyOf(growth);
    }

    /** Some of them, spread over all. */
    private static List<Grown.Filled> used(List<Grown.Filled> all) {
        int step = Math.ceilDiv(all.size(), PROMPTS_USED_MAX);
        return IntStream.range(0, all.size() / step)
                .mapToObj(i -> all.get(i * step))
                .toList();
    }

    private void ofVersions(Place few, Place many) throws ExecutionException, InterruptedException {
        reads(Subject.VERSIONS_READ, few, many, place -> () -> read(place));
        reads(
                Subject.VERSIONS_LIST,
                few,
                many,
                place -> () ->
                        place.house().prompts.versions(House.ALICE, place.any().prompt(), FIRST_PAGE));
        reads(Subject.VERSIONS_DOCUMENT, few, many, place -> () -> document(place));
        writes(Subject.VERSIONS_CHECKPOINT, few, many, place -> () -> checkpoint(place));
    }

    private void ofPrompts(Place few, Place many) throws ExecutionException, InterruptedException {
        reads(Subject.PROMPTS_READ, few, many, place -> () -> read(place));
        reads(
                Subject.PROMPTS_LIST,
                few,
                many,
                place -> () -> place.house().prompts.list(House.ALICE, FIRST_PAGE));
        reads(Subject.PROMPTS_DOCUMENT, few, many, place -> () -> document(place));
        writes(Subject.PROMPTS_CHECKPOINT, few, many, place -> () -> checkpoint(place));
        writes(
                Subject.PROMPTS_CREATE,
                few,
                many,
                place -> () -> place.house().create("One more " + names.getAndIncrement(), texts.next()));
    }

    /** Among a tenth as many, as each must be moved there first. */
    private void ofEnvironments(Grown few, Grown many, List<Grown.Filled> all)
            throws ExecutionException, InterruptedException {
        Deployed atFew = new Deployed(few, few.prompts("Deployed", Math.ceilDiv(pace.few(), TENTH)));
        Deployed atMany = new Deployed(many, all.subList(0, Math.ceilDiv(pace.many(), TENTH)));
        Load.Length length = new Load.Length(pace.growthRun(), WRITES_MAX);
        compare(Subject.ENVIRONMENT_MOVE, atFew::move, atMany::move, length);
    }

    private static void read(Place place) {
        Grown.Filled prompt = place.any();
        place.grown().uncached.version(House.ALICE, prompt.prompt(), prompt.any());
    }

    private static void document(Place place) {
        place.house().prompts.prompt(House.ALICE, place.any().prompt());
    }

    private void checkpoint(Place place) {
        place.house().save(place.any().prompt(), texts.next());
    }

    private void reads(Subject subject, Place few, Place many, Habit habit)
            throws ExecutionException, InterruptedException {
        compare(subject, habit.in(few), habit.in(many), Load.Length.of(pace.growthRun()));
    }

    private void writes(Subject subject, Place few, Place many, Habit habit)
            throws ExecutionException, InterruptedException {
        compare(subject, habit.in(few), habit.in(many), new Load.Length(pace.growthRun(), WRITES_MAX));
    }

    /** In turns, so that whatever else happens on the machine happens to both. */
    private void compare(Subject subject, Load.Deed few, Load.Deed many, Load.Length length)
            throws ExecutionException, InterruptedException {
        Load.run(List.of(few), length);
        Load.run(List.of(many), length);
        List<Run> atFew = new ArrayList<>();
        List<Run> atMany = new ArrayList<>();
        for (int i = 0; i < Pace.RUNS; i++) {
            atFew.add(Load.run(List.of(few), length));
            atMany.add(Load.run(List.of(many), length));
        }
        growth.add(new Growth(pace.few(), pace.many(), new Row(subject, 1, atFew), new Row(subject, 1, atMany)));
    }
}
