package dev.versicle.git;

import static dev.versicle.git.House.ALICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.versicle.BesideOthers;
import dev.versicle.Crowd;
import dev.versicle.RealPrompts;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.Role;
import dev.versicle.prompt.Transfers;
import dev.versicle.prompt.Transfers.Outcome;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every real prompt goes out as a bundle and comes in elsewhere with its history, and real git finds both sound. */
@BesideOthers
class RealTransfersTest {
    private static final Caller ADMIN =
            new Caller("root", Optional.empty(), Optional.empty(), Namespace.DEFAULT, Set.of(Role.ADMIN));

    private static final Pattern CONTROLS = Pattern.compile("\\p{Cc}+");
    private static final int HANDS = 4;

    @TempDir
    private Path root;

    private static Transfers transfers(House house) {
        return new Transfers(house.store, house.catalog, house.system, house.now::get);
    }

    @Test
    void everyRealPromptGoesOutAndComesInWithItsHistory() {
        List<RealPrompts.History> all = RealPrompts.all();
        try (House from = new House(root.resolve("from"));
                House to = new House(root.resolve("to"))) {
            Crowd.of(HANDS, hand -> {
                for (int i = hand; i < all.size(); i += HANDS) {
                    move(from, to, all.get(i));
                }
                return hand;
            });

            assertEquals(all.size(), to.prompts.count());
            from.requireSound();
            to.requireSound();
        }
    }

    private static void move(House from, House to, RealPrompts.History history) {
        PromptId id = from.create(name(history), "a first text of ours");
        history.steps().forEach(step -> from.save(id, step.text()));
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        transfers(from).write(ALICE, id, bundle);

        Outcome outcome = transfers(to).read(ADMIN, id, Bundled.content(bundle.toByteArray()));

        assertInstanceOf(Outcome.Imported.class, outcome, history.name());
        assertEquals(Look.at(from, id), Look.at(to, id));
    }

    private static String name(RealPrompts.History history) {
        String line = CONTROLS.matcher(history.name()).replaceAll(" ");
        int end = Math.min(line.codePointCount(0, line.length()), PromptName.CHARACTERS_MAX);
        return line.substring(0, line.offsetByCodePoints(0, end));
    }
}
