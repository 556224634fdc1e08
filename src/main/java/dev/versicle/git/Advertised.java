package dev.versicle.git;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.Right;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;

/**
 * Which refs a Git client sees: those that it is told of when it asks for all, and those that it may ask for by name.
 *
 * <p>Nobody is told of more than so many tags: a client asks for all refs at every fetch, and 100,000 tags are 6.6 MB.
 * Told are the highest releases, then the display versions that were set last. They are found in the index and looked
 * up by name, so that the other tags cost nothing.
 */
final class Advertised {
    /** Of those that the index knows some name no tag, such as one with a blank in it. */
    private static final int TEXTS_PER_TAG_MAX = 4;

    private final Workshop shop;
    private final PromptId id;
    private final Repository git;

    Advertised(Workshop shop, PromptId id, Repository git) {
        this.shop = shop;
        this.id = id;
        this.git = git;
    }

    /**
     * The refs that {@code to} is told of, by their names: {@code HEAD}, also where it leads to no commit yet;
     * branches, with the draft's for those who may change the prompt; notes; and tags, {@code tagsMax} of them at most.
     */
    Map<String, Ref> refs(Caller to, int tagsMax) throws IOException {
        boolean drafts = drafts(to);
        Map<String, Ref> refs = new TreeMap<>(git.getRefDatabase().exactRef(RefNames.HEAD, RefNames.NOTES));
        Stream.concat(git.getRefDatabase().getRefsByPrefix(RefNames.BRANCHES).stream(), tags(tagsMax).stream())
                .filter(ref -> isSeen(ref.getName(), drafts))
                .forEach(ref -> refs.put(ref.getName(), ref));
        return refs;
    }

    /** Whether {@code to} sees the current body where it is no version. */
    boolean drafts(Caller to) throws IOException {
        PromptSettings settings = new PromptReader(shop, id, git).settings(Truths.of(git));
        return settings.allows(to, Right.UPDATE);
    }

    /** Whether there is a ref of this name for a client that asks for it, told of it or not. */
    static boolean isSeen(String ref, boolean drafts) {
        if (ref.equals(RefNames.DRAFT)) {
            return drafts;
        }
        return ref.equals(RefNames.HEAD)
                || ref.equals(RefNames.NOTES)
                || Stream.of(RefNames.BRANCHES, RefNames.TAGS, RefNames.SLOTS).anyMatch(ref::startsWith);
    }

    /** The tags that a client is told of, {@code max} at most. */
    List<Ref> tags(int max) throws IOException {
        List<String> releases =
                shop.index().highest(id, max).stream().map(RefNames::release).toList();
        List<String> displayed = shop.index().displayed(id, TEXTS_PER_TAG_MAX * max).stream()
                .map(RefNames::display)
                .flatMap(Optional::stream)
                .toList();
        List<String> names =
                Stream.concat(releases.stream(), displayed.stream()).limit(max).toList();
        Map<String, Ref> tags = new TreeMap<>(git.getRefDatabase().exactRef(names.toArray(String[]::new)));
        if (names.size() < max) {
            // Another hand may have made tags that the index knows nothing of; in all they are not many more than it
            // knows.
            for (Ref tag : git.getRefDatabase().getRefsByPrefix(RefNames.TAGS)) {
                if (tags.size() < max) {
                    tags.putIfAbsent(tag.getName(), tag);
                }
            }
        }
        return new ArrayList<>(tags.values());
    }
}
