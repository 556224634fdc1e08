package dev.versicle.git;

import dev.versicle.prompt.Environment;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Right;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;

/**
 * Judges the commands of one push before the first of them is executed. What is refused gets its result, and a sentence
 * that says why and what to do; what may be done is left as it is.
 */
final class PushRules implements AutoCloseable {
    private final PushScene scene;
    private final Repository git;
    private final MainLine line;
    private final BranchRules branches;
    private final Targets targets;
    private final TagRules tags;
    private final Set<EnvironmentName> environments;

    private final Set<String> made = new HashSet<>();
    private final Set<String> gone = new HashSet<>();
    /** Where main will be. */
    private ObjectId main;

    PushRules(Workshop shop, PromptId id, Repository git, PushScene scene) throws IOException {
        this.scene = scene;
        this.git = git;
        this.line = new MainLine(shop, id);
        this.branches = new BranchRules(git, scene.objects(), shop.now());
        this.targets = new Targets(shop, id, git, scene.truths());
        this.tags = new TagRules(shop, id, scene.objects(), targets);
        this.environments =
                new HashSet<>(new EnvironmentReader(shop, id, git).now().keySet());
        this.main = scene.truths().main();
    }

    static void refuse(ReceiveCommand command, String sentence) {
        command.setResult(ReceiveCommand.Result.REJECTED_OTHER_REASON, sentence);
    }

    static List<ReceiveCommand> pending(Push push) {
        return ReceiveCommand.filter(push.commands(), ReceiveCommand.Result.NOT_ATTEMPTED);
    }

    void judge() throws IOException {
        Push push = scene.push();
        Map<String, Long> counts = push.commands().stream()
                .collect(Collectors.groupingBy(ReceiveCommand::getRefName, Collectors.counting()));
        for (ReceiveCommand command : PushedRef.ordered(pending(push))) {
            Optional<String> refusal = counts.getOrDefault(command.getRefName(), 0L) > 1
                    ? Optional.of("this push moves the ref twice; push it once")
                    : refusal(command);
            if (refusal.isPresent()) {
                refuse(command, refusal.get());
            } else {
                expect(command);
            }
        }
        Optional<ReceiveCommand> refused = push.commands().stream()
                .filter(Predicate.not(PushRules::isAccepted))
                .findFirst();
        if (push.atomic() && refused.isPresent()) {
            String name = Repository.shortenRefName(refused.get().getRefName());
            pending(push)
                    .forEach(command -> refuse(
                            command,
                            "nothing of this atomic push is done, as " + name
                                    + " is refused; mend that, or push without --atomic"));
        }
    }

    private static boolean isAccepted(ReceiveCommand command) {
        return command.getResult() == ReceiveCommand.Result.NOT_ATTEMPTED
                || command.getResult() == ReceiveCommand.Result.OK;
    }

    /** What the commands after this one find. */
    private void expect(ReceiveCommand command) throws IOException {
        String ref = command.getRefName();
        if (command.getType() == ReceiveCommand.Type.DELETE) {
            gone.add(ref);
        } else {
            made.add(ref);
        }
        if (ref.equals(RefNames.MAIN)) {
            main = command.getNewId();
            targets.expect(MainLine.versions(scene.objects(), scene.truths().main(), main));
        }
    }

    private Optional<String> refusal(ReceiveCommand command) throws IOException {
        String ref = command.getRefName();
        PushedRef kind = PushedRef.of(ref);
        if (kind == PushedRef.CLOSED) {
            return Optional.of(closed(ref));
        }
        Optional<String> refusal = rightRefusal(kind, ref);
        if (refusal.isPresent()) {
            return refusal;
        }
        ObjectId there = Truths.tip(git, ref);
        if (kind == PushedRef.MAIN && !there.equals(scene.truths().main())) {
            // The index knows another tip: numbers would be counted from there.
            throw new LostRace(ref);
        }
        refusal = kind == PushedRef.RELEASE ? tags.releaseRefusal(command, there) : staleRefusal(command, there);
        if (refusal.isPresent()) {
            return refusal;
        }
        boolean fresh = Truths.absent(there) && kind != PushedRef.RELEASE;
        refusal = fresh ? conflictRefusal(ref) : Optional.empty();
        return refusal.isPresent() ? refusal : refusal(kind, command);
    }

    private Optional<String> refusal(PushedRef kind, ReceiveCommand command) throws IOException {
        boolean deletes = command.getType() == ReceiveCommand.Type.DELETE;
        ObjectId to = command.getNewId();
        return switch (kind) {
            case MAIN ->
                deletes
                        ? Optional.of("main holds the prompt's versions and is never deleted")
                        : line.refusal(scene.objects(), scene.truths().main(), to);
            case DRAFT -> deletes ? Optional.empty() : branches.draftRefusal(to, main);
            case BRANCH -> deletes ? Optional.empty() : branches.refusal(to);
            case DISPLAY -> tags.displayRefusal(command);
            case ENVIRONMENT -> environmentRefusal(command);
            // Judged before.
            case RELEASE, CLOSED -> Optional.empty();
        };
    }

    private Optional<String> rightRefusal(PushedRef kind, String ref) {
        Optional<EnvironmentName> environment = environment(ref);
        if (kind == PushedRef.ENVIRONMENT && environment.isEmpty()) {
            return Optional.of("an environment is named [a-z][a-z0-9-]{0,62}, not latest, and not eight or more hex "
                    + "digits only; push to another name below env/");
        }
        Right right = environment.map(scene.settings()::rightToMove).orElse(Right.UPDATE);
        return scene.settings().allows(scene.by(), right)
                ? Optional.empty()
                : Optional.of("you need the right " + right + " on this prompt for it; ask its owner, "
                        + scene.settings().access().owner());
    }

    static Optional<EnvironmentName> environment(String ref) {
        return ref.startsWith(RefNames.ENVIRONMENT_BRANCHES)
                ? EnvironmentName.find(ref.substring(RefNames.ENVIRONMENT_BRANCHES.length()))
                : Optional.empty();
    }

    /** A client that was not shown a ref may delete it unseen, or make it as it is. */
    private static Optional<String> staleRefusal(ReceiveCommand command, ObjectId there) {
        boolean deletes = command.getType() == ReceiveCommand.Type.DELETE;
        if (deletes && Truths.absent(there)) {
            return Optional.of("there is no such ref any more; git fetch --prune shows what is there");
        }
        boolean unseen = Truths.absent(command.getOldId()) && (deletes || there.equals(command.getNewId()));
        return unseen || there.equals(command.getOldId())
                ? Optional.empty()
                : Optional.of("fetch first: somebody else moved it, and it is "
                        + (Truths.absent(there) ? "gone" : "at " + CommitRules.shortId(there)) + " now");
    }

    private Optional<String> conflictRefusal(String ref) throws IOException {
        Set<String> taken = Exclusions.of(git.getRefDatabase(), ref).stream()
                .filter(Predicate.not(gone::contains))
                .collect(Collectors.toSet());
        made.stream()
                .filter(name -> name.startsWith(ref + "/") || ref.startsWith(name + "/"))
                .forEach(taken::add);
        return taken.stream()
                .findFirst()
                .map(name -> "its name and " + Repository.shortenRefName(name)
                        + " exclude each other, as one would be the directory of the other; rename it");
    }

    private Optional<String> environmentRefusal(ReceiveCommand command) throws IOException {
        EnvironmentName name = environment(command.getRefName()).orElseThrow();
        if (command.getType() == ReceiveCommand.Type.DELETE) {
            environments.remove(name);
            return Optional.empty();
        }
        ObjectId to = command.getNewId();
        Optional<String> refusal = branches.kindRefusal(to);
        if (refusal.isPresent()) {
            return refusal;
        }
        if (!targets.isLive(to)) {
            return Optional.of("an environment must point to a version, and " + CommitRules.shortId(to)
                    + " is none; push main with it, or choose a commit on main's first-parent line that changed a "
                    + "file");
        }
        environments.add(name);
        return environments.size() > Environment.PER_PROMPT_MAX
                ? Optional.of("a prompt has at most " + Environment.PER_PROMPT_MAX + " environments; drop one first")
                : Optional.empty();
    }

    private static String closed(String ref) {
        if (ref.startsWith(RefNames.ALL_NOTES)) {
            return "notes are read-only; edit a version's metadata over REST, or push a tag as its display version";
        }
        if (ref.startsWith(RefNames.SLOTS) || ref.startsWith(RefNames.HIDDEN)) {
            return "the server alone writes this ref; push to main, to a branch of your own or a tag";
        }
        return ref.startsWith(RefNames.BRANCHES)
                ? "the name is reserved, or too long for a file; push to a branch of another name"
                : "only branches and tags can be pushed; push to refs/heads/ or refs/tags/";
    }

    @Override
    public void close() {
        branches.close();
    }
}
