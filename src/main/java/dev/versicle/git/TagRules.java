package dev.versicle.git;

import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.SemVer;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;

/** The rules for tags that are pushed: releases stay where they are, all others show versions' display versions. */
final class TagRules {
    private final Workshop shop;
    private final PromptId id;
    private final Repository objects;
    private final Targets targets;

    /** The tag that this push gives each version: it can have one display version. */
    private final Map<ObjectId, String> shown = new HashMap<>();

    TagRules(Workshop shop, PromptId id, Repository objects, Targets targets) {
        this.shop = shop;
        this.id = id;
        this.objects = objects;
        this.targets = targets;
    }

    Optional<String> releaseRefusal(ReceiveCommand command, ObjectId there) throws IOException {
        String name = command.getRefName().substring(RefNames.TAGS.length());
        if (command.getType() == ReceiveCommand.Type.DELETE) {
            return Optional.of("release " + name + " stays: releases are never deleted");
        }
        if (RefNames.released(command.getRefName()).isEmpty()) {
            return Optional.of("a release is named MAJOR.MINOR.PATCH, each at most " + Integer.MAX_VALUE + "; give "
                    + name + " lower numbers");
        }
        boolean taken = !Truths.absent(there) && !there.equals(command.getNewId());
        return taken
                ? Optional.of("release " + name + " is there already, and releases never move; give the next one a "
                        + "higher number")
                : targetRefusal(name, command.getNewId());
    }

    Optional<String> displayRefusal(ReceiveCommand command) throws IOException {
        String ref = command.getRefName();
        String name = ref.substring(RefNames.TAGS.length());
        boolean fits = DisplayVersion.fits(name)
                && RefNames.display(new DisplayVersion(name)).equals(Optional.of(ref));
        if (!fits) {
            return Optional.of("the tag's name cannot be a display version, which has at most "
                    + DisplayVersion.CHARACTERS_MAX + " characters; rename it");
        }
        if (command.getType() == ReceiveCommand.Type.DELETE) {
            return deletionRefusal(new DisplayVersion(name));
        }
        if (isBelowRelease(name)) {
            return Optional.of("no tag lies below a release's name; rename " + name);
        }
        Optional<String> refusal = targetRefusal(name, command.getNewId());
        if (refusal.isPresent()) {
            return refusal;
        }
        ObjectId commit = Targets.peeled(objects, command.getNewId()).orElseThrow();
        Optional<String> other = Optional.ofNullable(shown.putIfAbsent(commit, name));
        return other.map(text -> "a version has one display version, and this push gives " + CommitRules.shortId(commit)
                + " the tag " + text + ", too; push one of them");
    }

    private static boolean isBelowRelease(String name) {
        int end = name.indexOf('/');
        return end >= 0 && SemVer.shapes(name.substring(0, end));
    }

    private Optional<String> deletionRefusal(DisplayVersion text) {
        int carriers =
                shop.index().carriers(id, text, DisplayTags.CARRIERS_MAX + 1).size();
        return carriers > DisplayTags.CARRIERS_MAX
                ? Optional.of("more than " + DisplayTags.CARRIERS_MAX
                        + " versions carry this display version; clear it by editing their metadata")
                : Optional.empty();
    }

    private Optional<String> targetRefusal(String name, ObjectId tagged) throws IOException {
        Optional<ObjectId> commit = Targets.peeled(objects, tagged);
        if (commit.isEmpty()) {
            return Optional.of("tag " + name + " must lead to a commit, through at most " + Targets.TAG_LEVELS_MAX
                    + " tags of at most " + Targets.TAG_BYTES_MAX + " bytes each");
        }
        return targets.isLive(commit.get())
                ? Optional.empty()
                : Optional.of("tag " + name + " must point to a version, and " + CommitRules.shortId(commit.get())
                        + " is none; push main with it, or tag a commit on main's first-parent line that changed "
                        + "a file");
    }
}
