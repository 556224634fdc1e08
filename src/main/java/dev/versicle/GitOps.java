package dev.versicle;

import dev.versicle.git.GitEnvironments;
import dev.versicle.prompt.EventFeed;
import dev.versicle.prompt.EventLog;
import dev.versicle.prompt.PromptIndex;
import java.time.Duration;
import java.util.Optional;

/** Has the environments' repositories follow the events, from when the index knows every prompt. */
final class GitOps implements AutoCloseable {
    private static final Duration LOOKS = Duration.ofMillis(100);

    private final PromptIndex index;
    private final EventFeed feed;
    private final EventLog log;
    private final GitEnvironments environments;
    private Optional<Thread> task = Optional.empty();
    private Optional<Follower> follower = Optional.empty();
    private boolean stopping;

    GitOps(PromptIndex index, EventFeed feed, EventLog log, GitEnvironments environments) {
        this.index = index;
        this.feed = feed;
        this.log = log;
        this.environments = environments;
    }

    /** Does it while others work. */
    synchronized void begin() {
        task = Optional.of(Thread.ofVirtual().name("gitops-start").start(this::beginWhenComplete));
    }

    private void beginWhenComplete() {
        try {
            while (index.state() != PromptIndex.State.COMPLETE) {
                Thread.sleep(LOOKS);
            }
            follow();
        } catch (InterruptedException e) {
            // The server stops; the next start goes on.
        }
    }

    private synchronized void follow() {
        if (!stopping) {
            follower = Optional.of(new Follower(GitEnvironments.FOLLOWER, feed, log, environments::follow));
        }
    }

    /** Waits for the events at hand. */
    @Override
    public void close() {
        Optional<Follower> following;
        synchronized (this) {
            stopping = true;
            task.ifPresent(Thread::interrupt);
            following = follower;
        }
        following.ifPresent(Follower::close);
    }
}
