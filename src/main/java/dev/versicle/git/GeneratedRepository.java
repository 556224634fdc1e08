package dev.versicle.git;

import dev.versicle.git.EnvironmentPast.Standing;
import dev.versicle.prompt.EnvironmentPlace;
import dev.versicle.prompt.Namespaces;
import dev.versicle.prompt.PromptId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The repository of one environment of a namespace. Its history is its own truth, and the mark of its newest commit
 * says up to which event it is told: so an event that is followed again changes nothing. What was lost, the repository
 * or the log whose events its mark counts, is made up for by one commit that has the prompts as they are.
 *
 * <p>Called with the repository's write lock held, but for {@link #open}. What a commit costs grows with the number of
 * prompts by a line in two files and an entry in a tree; no other prompt is looked at.
 */
final class GeneratedRepository {
    private static final Logger LOG = LoggerFactory.getLogger(GeneratedRepository.class);

    private final Bench bench;
    private final EnvironmentPlace place;
    private final String id;

    /**
     * What all of them are made with.
     *
     * @param compared the ids of those whose marks count another log's events, and which say what is so all the same
     */
    record Bench(
            Workshop shop,
            Namespaces namespaces,
            EnvironmentPast past,
            EnvironmentStates states,
            String epoch,
            Set<String> compared) {
        Bench(Workshop shop, Namespaces namespaces, EnvironmentPast past, String epoch) {
            this(shop, namespaces, past, new EnvironmentStates(), epoch, ConcurrentHashMap.newKeySet());
        }
    }

    /** Where a repository stands. */
    private record Tip(ObjectId commit, ObjectId tree, Optional<Mark> mark) {}

    /** What is done to the tree. */
    @FunctionalInterface
    interface Change {
        void on(EnvironmentEdit edit) throws IOException;
    }

    GeneratedRepository(Bench bench, EnvironmentPlace place) {
        this.bench = bench;
        this.place = place;
        this.id = EnvironmentShelves.id(place);
    }

    String id() {
        return id;
    }

    EnvironmentPlace place() {
        return place;
    }

    /** Opens it to read; the caller closes it. */
    Optional<Repository> open() throws IOException {
        return bench.shop().repositories().open(id);
    }

    private Optional<Repository> recovered() throws IOException {
        Optional<Repository> git = open();
        if (git.isPresent() && !bench.shop().locks().isMended(id)) {
            bench.shop().repositories().recover(git.get());
            bench.shop().locks().mended(id);
        }
        return git;
    }

    private static Tip tip(Repository git) throws IOException {
        ObjectId tip = Truths.tip(git, RefNames.MAIN);
        try (RevWalk walk = new RevWalk(git)) {
            RevCommit commit = walk.parseCommit(tip);
            return new Tip(commit.copy(), commit.getTree().copy(), Mark.read(commit.getFullMessage()));
        }
    }

    /** What a repository on a shelf is of. */
    static EnvironmentPlace placeOf(Repository git) throws IOException {
        try (ObjectReader reader = git.newObjectReader()) {
            return EnvironmentState.versions(reader, tip(git).tree()).place();
        }
    }

    /** Gives {@code work} a prompt with its files, where it is listed here. */
    void read(PromptId prompt, EnvironmentPast.Work work) throws IOException {
        Optional<Repository> there = open();
        if (there.isEmpty()) {
            return;
        }
        try (Repository git = there.get();
                ObjectReader reader = git.newObjectReader()) {
            EnvironmentState state = EnvironmentState.read(reader, tip(git).tree());
            Optional<Listed> listed = state.versions().find(prompt);
            if (listed.isPresent()) {
                work.with(listed.get(), state.files(reader, listed.get()));
            }
        }
    }

    /** Makes the change that an event asks for, as one commit, unless it is made; none where it changes nothing. */
    void follow(EnvironmentCommit commit, Change change) throws IOException {
        settle(commit.mark().number() - 1);
        Optional<Repository> there = recovered();
        if (there.isEmpty()) {
            create(commit, change);
            return;
        }
        try (Repository git = there.get()) {
            Tip tip = tip(git);
            if (tip.mark().filter(mark -> mark.covers(commit.mark())).isEmpty()) {
                add(git, tip, commit, change);
            }
        }
    }

    /** Makes up for what was lost, as of an event; otherwise costs a look at the newest commit. */
    void settle(long number) throws IOException {
        Optional<Repository> there = recovered();
        if (there.isEmpty()) {
            build(number);
            return;
        }
        try (Repository git = there.get()) {
            Tip tip = tip(git);
            if (!isOfThisLog(tip)) {
                catchUp(git, tip, number);
            }
        }
    }

    /** Whether its events are those that are followed. */
    private boolean isOfThisLog(Tip tip) {
        boolean marked =
                tip.mark().filter(mark -> mark.epoch().equals(bench.epoch())).isPresent();
        return marked || bench.compared().contains(id);
    }

    /** Whether {@link #settleAll} would change nothing; takes no lock. */
    boolean isSettled() throws IOException {
        Optional<Repository> there = open();
        if (there.isEmpty()) {
            return false;
        }
        try (Repository git = there.get()) {
            Tip tip = tip(git);
            return isOfThisLog(tip) && hasKustomization(git, tip) == isKustomized();
        }
    }

    /** As {@link #settle}, and what a kill left undone when the namespace's settings changed. */
    void settleAll(long number) throws IOException {
        settle(number);
        style(EnvironmentCommit.SERVER);
    }

    private void build(long number) throws IOException {
        List<Standing> all = bench.past().at(place, number);
        if (!all.isEmpty()) {
            LOG.warn("The repository of environment {} is lost; it is made anew", place);
            EnvironmentCommit commit = byServer("Begin anew with " + prompts(all.size()), number);
            create(commit, edit -> put(edit, all));
        }
    }

    private void catchUp(Repository git, Tip tip, long number) throws IOException {
        List<Standing> now = bench.past().at(place, number);
        Map<PromptId, Listed> gone = new HashMap<>();
        try (ObjectReader reader = git.newObjectReader()) {
            EnvironmentState.versions(reader, tip.tree()).all().forEach(listed -> gone.put(listed.id(), listed));
        }
        List<Standing> other = new ArrayList<>();
        for (Standing standing : now) {
            Optional<Listed> before = Optional.ofNullable(gone.remove(standing.id()));
            boolean same = before.filter(listed -> listed.name().equals(standing.name())
                            && listed.target().equals(standing.target()))
                    .isPresent();
            if (!same) {
                other.add(standing);
            }
        }
        EnvironmentCommit commit = byServer("Catch up with " + prompts(gone.size() + other.size()), number);
        add(git, tip, commit, edit -> {
            for (PromptId prompt : gone.keySet()) {
                edit.remove(prompt);
            }
            put(edit, other);
        });
        bench.compared().add(id);
    }

    private void put(EnvironmentEdit edit, List<Standing> all) throws IOException {
        for (Standing standing : all) {
            if (!bench.past().read(place.environment(), standing, edit::put)) {
                LOG.error("Prompt {} of environment {} cannot be found", standing.id(), place);
            }
        }
    }

    private EnvironmentCommit byServer(String text, long number) {
        return new EnvironmentCommit(
                EnvironmentCommit.SERVER, bench.shop().now(), text, new Headers(), new Mark(bench.epoch(), number));
    }

    private static String prompts(int number) {
        return number == 1 ? "1 prompt" : number + " prompts";
    }

    /** Makes the {@code kustomization.yaml} be there or not, as the namespace's settings say. */
    void style(String by) throws IOException {
        Optional<Repository> there = recovered();
        if (there.isEmpty()) {
            return;
        }
        try (Repository git = there.get()) {
            Tip tip = tip(git);
            if (hasKustomization(git, tip) == isKustomized()) {
                return;
            }
            Mark mark = tip.mark().orElse(new Mark(bench.epoch(), 0));
            String text = isKustomized() ? "Add " + Kustomization.PATH : "Remove " + Kustomization.PATH;
            EnvironmentCommit commit = new EnvironmentCommit(by, bench.shop().now(), text, new Headers(), mark);
            add(git, tip, commit, edit -> edit.kustomize(isKustomized()));
        }
    }

    private static boolean hasKustomization(Repository git, Tip tip) throws IOException {
        try (ObjectReader reader = git.newObjectReader()) {
            return EnvironmentTree.read(reader, tip.tree())
                    .file(Kustomization.PATH)
                    .isPresent();
        }
    }

    private boolean isKustomized() {
        return bench.namespaces().settings(place.namespace()).kustomization();
    }

    private void create(EnvironmentCommit commit, Change change) throws IOException {
        bench.shop().repositories().create(id, git -> {
            try (ObjectReader reader = git.newObjectReader();
                    ObjectInserter inserter = git.newObjectInserter()) {
                EnvironmentEdit edit = new EnvironmentEdit(EnvironmentState.empty(place), reader, inserter);
                change.on(edit);
                edit.kustomize(isKustomized());
                ObjectId first = commit.write(
                        inserter, edit.write(), Optional.empty(), bench.shop().now());
                inserter.flush();
                bench.shop().move(git, RefNames.MAIN, ObjectId.zeroId(), first);
            }
        });
    }

    private void add(Repository git, Tip tip, EnvironmentCommit commit, Change change) throws IOException {
        try (ObjectReader reader = git.newObjectReader();
                ObjectInserter inserter = git.newObjectInserter()) {
            EnvironmentEdit edit = new EnvironmentEdit(bench.states().take(reader, tip.tree()), reader, inserter);
            change.on(edit);
            ObjectId tree = tip.tree();
            if (edit.changed()) {
                edit.kustomize(isKustomized());
                tree = edit.write();
                ObjectId next = commit.write(
                        inserter, tree, Optional.of(tip.commit()), bench.shop().now());
                inserter.flush();
                bench.shop().move(git, RefNames.MAIN, tip.commit(), next);
            }
            bench.states().keep(tree, edit.state());
        }
    }
}
