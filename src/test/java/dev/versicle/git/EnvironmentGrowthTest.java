package dev.versicle.git;

import static dev.versicle.git.Followed.PRODUCTION;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.versicle.BesideOthers;
import dev.versicle.prompt.PromptId;
import dev.versicle.storage.Repositories;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A move costs the same at any number of prompts, but for a line of text and an entry of a tree for each. */
@BesideOthers
class EnvironmentGrowthTest {
    private static final int FEW = 10;
    private static final int MANY = 300;

    @TempDir
    private Path root;

    private final List<String> calls = new ArrayList<>();

    private Repositories counting(Repositories real) {
        return (Repositories) Proxy.newProxyInstance(
                Repositories.class.getClassLoader(),
                new Class<?>[] {Repositories.class},
                (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** What a move of this prompt to its second version asks of the repositories, and how many objects it writes. */
    private List<String> cost(Followed place, PromptId id) {
        int before = objects(place);
        calls.clear();
        place.move(id, PRODUCTION, 2);
        place.follow();
        List<String> cost = new ArrayList<>(calls);
        cost.add((objects(place) - before) + " objects");
        return cost;
    }

    private static int objects(Followed place) {
        return Integer.parseInt(place.git(PRODUCTION).run("count-objects").split(" ", -1)[0]);
    }

    @Test
    void aMoveAmongManyWritesAndOpensWhatOneAmongFewDoes() {
        House house = new House(root);
        try (Followed place = Followed.with(house, counting(house.repositories))) {
            List<PromptId> ids = new ArrayList<>();
            IntStream.range(0, FEW).forEach(i -> ids.add(place.prompt("team/p" + i, "one " + i, "two " + i)));
            ids.forEach(id -> place.move(id, PRODUCTION, 1));
            place.follow();
            place.move(ids.get(0), PRODUCTION, 2);
            place.follow();
            List<String> few = cost(place, ids.get(1));
            for (int i = FEW; i < MANY; i++) {
                place.move(place.prompt("team/p" + i, "one " + i), PRODUCTION, 1);
            }
            place.follow();

            // Blob, directory, folder, root, versions.json, commit.
            assertEquals("6 objects", few.getLast());
            assertEquals(few, cost(place, ids.get(2)));
        }
    }
}
