package dev.versicle.git;

import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex.VersionEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;

/** Says to people what became of their push: the versions it made, and where they can be seen. */
final class PushReport {
    static final int LINES_MAX = 50;

    private final Workshop shop;
    private final PromptId id;
    private final Repository git;
    private final IntFunction<String> address;

    PushReport(Workshop shop, PromptId id, Repository git, IntFunction<String> address) {
        this.shop = shop;
        this.id = id;
        this.git = git;
        this.address = address;
    }

    /** A line for each thing that was done; of too many the last ones. */
    void tell(Push push) throws IOException {
        List<String> lines = new ArrayList<>();
        for (ReceiveCommand command : PushedRef.ordered(done(push))) {
            lines.addAll(lines(command));
        }
        int left = Math.max(0, lines.size() - LINES_MAX);
        if (left > 0) {
            push.tell().accept(left + " lines before these are left out");
        }
        lines.subList(left, lines.size()).forEach(push.tell());
    }

    static List<ReceiveCommand> done(Push push) {
        return ReceiveCommand.filter(push.commands(), ReceiveCommand.Result.OK);
    }

    private List<String> lines(ReceiveCommand command) throws IOException {
        String ref = command.getRefName();
        boolean deleted = command.getType() == ReceiveCommand.Type.DELETE;
        return switch (PushedRef.of(ref)) {
            case MAIN -> versions(command.getOldId(), command.getNewId());
            case DRAFT ->
                List.of(deleted ? "The current body is the latest version's again" : "The draft is the current body");
            case RELEASE -> List.of("Release " + tagged(ref, command.getNewId()));
            case DISPLAY ->
                List.of(
                        deleted
                                ? "No version is displayed as " + DisplayTags.text(command) + " any more"
                                : "Displayed as " + tagged(ref, command.getNewId()));
            case ENVIRONMENT -> {
                String name = ref.substring(RefNames.ENVIRONMENT_BRANCHES.length());
                yield List.of("Environment " + name + (deleted ? " is dropped" : at(command.getNewId())));
            }
            case BRANCH, CLOSED -> List.of();
        };
    }

    private String tagged(String ref, ObjectId tag) throws IOException {
        return ref.substring(RefNames.TAGS.length())
                + at(Targets.peeled(git, tag).orElse(tag));
    }

    private String at(ObjectId commit) {
        return shop.index()
                .byCommit(id, commit.name())
                .map(entry -> ": version " + entry.number())
                .orElse("");
    }

    private List<String> versions(ObjectId from, ObjectId to) throws IOException {
        List<String> lines = new ArrayList<>();
        try (RevWalk walk = new RevWalk(git)) {
            walk.setRetainBody(false);
            List<RevCommit> line = new ArrayList<>();
            Optional<RevCommit> last = first(walk, to);
            while (last.isPresent() && !last.get().equals(from)) {
                line.add(last.get());
                last = parent(walk, last.get());
            }
            int number = numberAt(walk, last);
            for (RevCommit commit : line.reversed()) {
                Optional<VersionEntry> made = shop.index().byCommit(id, commit.name());
                number = made.map(VersionEntry::number).orElse(number);
                lines.add(
                        made.isPresent()
                                ? "Version " + number + ": " + address.apply(number)
                                : "No new version of " + CommitRules.shortId(commit)
                                        + ": the files are those of version " + number);
            }
        }
        return lines;
    }

    /** The number of the newest version at or below a commit; 0 where there is none. */
    private int numberAt(RevWalk walk, Optional<RevCommit> commit) throws IOException {
        Optional<RevCommit> next = commit;
        while (next.isPresent()) {
            Optional<VersionEntry> entry = shop.index().byCommit(id, next.get().name());
            if (entry.isPresent()) {
                return entry.get().number();
            }
            next = parent(walk, next.get());
        }
        return 0;
    }

    private static Optional<RevCommit> first(RevWalk walk, ObjectId tip) throws IOException {
        return Optional.of(walk.parseCommit(tip));
    }

    private static Optional<RevCommit> parent(RevWalk walk, RevCommit commit) throws IOException {
        return commit.getParentCount() == 0 ? Optional.empty() : Optional.of(walk.parseCommit(commit.getParent(0)));
    }
}
