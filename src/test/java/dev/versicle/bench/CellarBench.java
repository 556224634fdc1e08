package dev.versicle.bench;

import dev.versicle.git.House;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Prompts;
import dev.versicle.prompt.VersionRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Heart and cellar on the real disk, without HTTP; JMH makes subclasses of it, so it is open and public. */
@State(Scope.Benchmark)
public class CellarBench {
    private static final int PROMPTS = 50;

    private final Texts texts = new Texts();
    private final List<Saved> all = new ArrayList<>();
    /** Among the temporary files, where the suite tidies up. */
    private final House house = new House(fresh());

    private final Prompts uncached = Houses.withoutCache(house);

    /** A prompt, and a version of it. */
    private record Saved(PromptId prompt, VersionRef.Id version) {}

    private static Path fresh() {
        try {
            return Files.createTempDirectory("cellar");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Setup
    public void fill() {
        for (int i = 0; i < PROMPTS; i++) {
            PromptId id = house.create("Prompt " + i, texts.next());
            String commit = house.save(id, texts.next()).version().commit().hex();
            all.add(new Saved(id, new VersionRef.Id(commit)));
        }
    }

    @TearDown
    public void close() {
        house.close();
    }

    private Saved any() {
        return all.get(ThreadLocalRandom.current().nextInt(all.size()));
    }

    @Benchmark
    public Object cellarCheckpoint() {
        return house.save(any().prompt(), texts.next());
    }

    @Benchmark
    public Object cellarReadCached() {
        Saved saved = any();
        return house.prompts.version(House.ALICE, saved.prompt(), saved.version());
    }

    @Benchmark
    public Object cellarReadUncached() {
        Saved saved = any();
        return uncached.version(House.ALICE, saved.prompt(), saved.version());
    }
}
