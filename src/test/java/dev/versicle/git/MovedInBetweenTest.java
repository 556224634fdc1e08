package dev.versicle.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.versicle.Git;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Metadata;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.Version;
import dev.versicle.prompt.VersionRef;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A truth that another process moves after a save looked at it: no lock of ours keeps the numbers apart then. */
class MovedInBetweenTest {
    @TempDir
    private Path root;

    /** What another process does when the next save, having mended, asks the index for the latest version. */
    private final AtomicReference<Optional<Runnable>> other = new AtomicReference<>(Optional.empty());

    private House house() {
        return new House(root, Instant.parse("2026-04-22T10:14:00Z"), new House.Between() {
            @Override
            public PromptIndex index(PromptIndex real) {
                return (PromptIndex) Proxy.newProxyInstance(
                        getClass().getClassLoader(), new Class<?>[] {PromptIndex.class}, (proxy, method, arguments) -> {
                            if (method.getName().equals("latest")) {
                                other.getAndSet(Optional.empty()).ifPresent(Runnable::run);
                            }
                            return method.invoke(real, arguments);
                        });
            }
        });
    }

    private static String commit(Git git, String parent, String message) {
        return git.run(
                "-c",
                "user.name=other",
                "-c",
                "user.email=other@example.org",
                "commit-tree",
                "main^{tree}",
                "-p",
                parent,
                "-m",
                message);
    }

    @Test
    void aSaveIsDecidedAnewWhereMainMoved() {
        try (House house = house()) {
            PromptId id = house.create("raced", "one");
            Git git = house.git(id);
            String theirs = commit(git, "main", "Theirs\n\nVersion: 2");
            other.set(Optional.of(() -> git.run("update-ref", "refs/heads/main", theirs)));

            Version ours = house.save(id, "ours").version();

            assertEquals(3, ours.number());
            assertEquals(theirs, git.run("rev-parse", "main~1"));
            assertEquals(
                    theirs,
                    house.prompts
                            .version(House.ALICE, id, new VersionRef.Numbered(2))
                            .commit()
                            .hex());
            house.requireSound();
        }
    }

    @Test
    void aSlotThatTheIndexDoesNotKnowIsNotBuriedUnderTheNext() {
        try (House house = house()) {
            PromptId id = house.create("raced", "one");
            house.save(id, "two");
            Git git = house.git(id);
            String theirs = commit(git, "main~1", "Theirs\n\nVersion: 1");
            git.run("update-ref", "refs/versions/1", theirs);
            Draft draft = House.draft("ours", new Draft.Slot.Exactly(1), Metadata.NONE);

            assertThrows(PromptException.class, () -> house.save(id, draft));
            house.save(id, draft);

            assertEquals(theirs, git.run("rev-parse", "refs/versions/1~1"));
            house.requireSound();
        }
    }
}
