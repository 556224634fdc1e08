package dev.versicle.bench;

import dev.versicle.git.House;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Prompts;
import dev.versicle.prompt.Version;
import dev.versicle.prompt.VersionRef;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A house with a known number of prompts, built by many at once. */
final class Grown implements AutoCloseable {
    private static final int BUILDERS = 16;

    final House house;
    final Prompts uncached;
    private final Texts texts;

    Grown(Path root, Texts texts) {
        this.house = new House(root);
        this.uncached = Houses.withoutCache(house);
        this.texts = texts;
    }

    /** A prompt with versions that can be read. */
    record Filled(PromptId prompt, List<VersionRef.Id> versions) {
        VersionRef.Id any() {
            return versions.get(ThreadLocalRandom.current().nextInt(versions.size()));
        }
    }

    /** Makes so many prompts, each of one version. */
    List<Filled> prompts(int number) throws ExecutionException, InterruptedException {
        return prompts("Prompt", number);
    }

    List<Filled> prompts(String name, int number) throws ExecutionException, InterruptedException {
        List<Callable<Filled>> work = IntStream.range(0, number)
                .<Callable<Filled>>mapToObj(i -> () -> prompt(name + " " + i, 1))
                .toList();
        try (ExecutorService builders = Executors.newFixedThreadPool(BUILDERS)) {
            List<Future<Filled>> made = builders.invokeAll(work);
            for (Future<Filled> prompt : made) {
                prompt.get();
            }
            return made.stream().map(Future::resultNow).toList();
        }
    }

    /** Makes a prompt of so many versions. */
    Filled prompt(String name, int number) {
        PromptId id = house.create(name, texts.next());
        Version first = house.prompts.version(House.ALICE, id, new VersionRef.Latest());
        Stream<Version> more = IntStream.range(1, number)
                .mapToObj(i -> house.save(id, texts.next()).version());
        return new Filled(
                id,
                Stream.concat(Stream.of(first), more)
                        .map(version -> new VersionRef.Id(version.commit().hex()))
                        .toList());
    }

    @Override
    public void close() {
        house.close();
    }
}
