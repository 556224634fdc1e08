package dev.versicle.git;

import static dev.versicle.git.Followed.PRODUCTION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.BesideOthers;
import dev.versicle.prompt.PromptId;
import dev.versicle.storage.Repositories;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a prompt that moves while the events about it are followed. */
@BesideOthers
class FollowedMeanwhileTest {
    @TempDir
    private Path root;

    /** What happens as soon as the follower opens a repository. */
    private final AtomicReference<Optional<Runnable>> meanwhile = new AtomicReference<>(Optional.empty());

    private Repositories interrupted(Repositories real) {
        return (Repositories) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Repositories.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("open")) {
                        meanwhile.getAndSet(Optional.empty()).ifPresent(Runnable::run);
                    }
                    return method.invoke(real, arguments);
                });
    }

    @Test
    void aPromptThatMovesWhileItsCreationIsFollowedDidNotComeWithThat() {
        House house = new House(root);
        try (Followed place = Followed.with(house, interrupted(house.repositories))) {
            PromptId greeting = place.prompt("greeting", "one");
            place.adopt(greeting);
            meanwhile.set(Optional.of(() -> place.move(greeting, PRODUCTION, 1)));

            place.follow();

            assertTrue(meanwhile.get().isEmpty());
            assertEquals(List.of("production: greeting → 1"), place.log(PRODUCTION));
        }
    }

    @Test
    void aPromptThatMovesWhileItsReturnIsFollowedCameWithWhereItStood() {
        House house = new House(root);
        try (Followed place = Followed.with(house, interrupted(house.repositories))) {
            PromptId greeting = place.prompt("greeting", "one", "two");
            place.adopt(greeting);
            place.move(greeting, PRODUCTION, 1);
            place.delete(greeting);
            place.follow();
            place.restore(greeting);
            meanwhile.set(Optional.of(() -> place.move(greeting, PRODUCTION, 2)));

            place.follow();

            assertTrue(meanwhile.get().isEmpty());
            assertEquals(
                    List.of(
                            "production: greeting 1 → 2",
                            "production: greeting came with 1",
                            "production: greeting deleted",
                            "production: greeting → 1"),
                    place.log(PRODUCTION));
        }
    }

    /** A ref has moved before its event is recorded: the follower may look just then. */
    @Test
    void betweenAnyTwoStepsOfAWriteTheSameIsTold() {
        int steps = 0;
        do {
            steps++;
        } while (isReached(steps));
        assertTrue(steps > 20);
    }

    /** Follows what there is at this step, and the rest in the end; false where there are not so many steps. */
    private boolean isReached(int number) {
        AtomicReference<Optional<Followed>> follower = new AtomicReference<>(Optional.empty());
        AtomicInteger steps = new AtomicInteger();
        House house =
                new House(root.resolve("house" + number), Instant.parse("2026-04-22T10:14:00Z"), new Watched(step -> {
                    if (follower.get().isPresent() && steps.incrementAndGet() == number) {
                        follower.get().get().follow();
                    }
                }));
        try (Followed place = Followed.of(house)) {
            PromptId greeting = place.prompt("greeting", "one", "two");
            place.adopt(greeting);
            follower.set(Optional.of(place));
            place.move(greeting, PRODUCTION, 1);
            place.delete(greeting);
            place.restore(greeting);
            place.rename(greeting, "salute");
            place.move(greeting, PRODUCTION, 2);
            place.drop(greeting, PRODUCTION);
            place.follow();

            assertEquals(
                    List.of(
                            "production: salute 2 dropped",
                            "production: salute 1 → 2",
                            "production: greeting is salute now",
                            "production: greeting came with 1",
                            "production: greeting deleted",
                            "production: greeting → 1"),
                    place.log(PRODUCTION),
                    () -> "followed at step " + number);
            return steps.get() >= number;
        }
    }
}
