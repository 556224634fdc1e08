package dev.versicle.bench;

import static dev.versicle.git.House.ALICE;

import dev.versicle.git.GitEnvironments;
import dev.versicle.git.House;
import dev.versicle.prompt.Environment;
import dev.versicle.prompt.EnvironmentDesk;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.EnvironmentPlace;
import dev.versicle.prompt.Event;
import dev.versicle.prompt.EventLog;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.VersionRef;
import java.util.List;
import java.util.Optional;

/** An environment that some prompts of a house have, and its repository. */
final class Deployed {
    private static final EnvironmentName PRODUCTION = new EnvironmentName("production");
    private static final int STAMP_COMMIT_DIGITS = 40;
    private static final int EVENTS_MAX = 1_000;

    private final EnvironmentDesk desk;
    private final EventLog log;
    private final GitEnvironments environments;
    private final PromptId moving;
    private Environment now;
    private long followed;

    /** All of these are in it; the first one moves. */
    Deployed(Grown grown, List<Grown.Filled> prompts) {
        House house = grown.house;
        this.desk = new EnvironmentDesk(house.prompts);
        this.log = house.catalog.events();
        this.environments = new GitEnvironments(house.repositories, house.catalog, log, house.system, house.now::get);
        this.moving = prompts.getFirst().prompt();
        house.save(moving, "another text");
        prompts.subList(1, prompts.size()).forEach(prompt -> place(prompt.prompt(), 1, Expected.NOTHING));
        this.now = place(moving, 1, Expected.NOTHING);
        // As one commit, for which all of it counts as followed.
        this.followed = log.force();
        log.reached(GitEnvironments.FOLLOWER, followed);
        if (!environments.has(new EnvironmentPlace(Namespace.DEFAULT, PRODUCTION))) {
            throw new IllegalStateException("the environment has no repository");
        }
    }

    private Environment place(PromptId id, int version, Expected expected) {
        EnvironmentDesk.Wish wish = new EnvironmentDesk.Wish(new VersionRef.Numbered(version), Optional.empty());
        return desk.move(ALICE, id, PRODUCTION, wish, expected).environment();
    }

    /** One move, until the repository has it. */
    void move() {
        String stamp = now.stamp();
        Expected seen = new Expected(List.of(new Expected.Stamp(
                stamp.substring(0, STAMP_COMMIT_DIGITS), Optional.of(stamp.substring(STAMP_COMMIT_DIGITS + 1)))));
        now = place(moving, 3 - now.target().version(), seen);
        log.force();
        List<Event> events = log.after(followed, EVENTS_MAX);
        environments.follow(events);
        followed = events.getLast().number();
        log.reached(GitEnvironments.FOLLOWER, followed);
    }
}
