package dev.versicle.git;

import dev.versicle.prompt.PromptIndex;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;

/** Where the truths of a prompt stand at one moment; the zero id where there is none. */
record Truths(ObjectId main, ObjectId notes, ObjectId settings, ObjectId draft) {
    static Truths of(Repository git) throws IOException {
        // All at once: what is packed is looked at once, too.
        Map<String, Ref> refs =
                git.getRefDatabase().exactRef(RefNames.MAIN, RefNames.NOTES, RefNames.SETTINGS, RefNames.DRAFT);
        return new Truths(
                tip(refs.get(RefNames.MAIN)),
                tip(refs.get(RefNames.NOTES)),
                tip(refs.get(RefNames.SETTINGS)),
                tip(refs.get(RefNames.DRAFT)));
    }

    static ObjectId tip(Repository git, String ref) throws IOException {
        return tip(git.exactRef(ref));
    }

    private static ObjectId tip(@Nullable Ref ref) {
        return Optional.ofNullable(ref).map(Ref::getObjectId).orElse(ObjectId.zeroId());
    }

    static boolean absent(ObjectId id) {
        return id.equals(ObjectId.zeroId());
    }

    static Optional<ObjectId> present(ObjectId id) {
        return absent(id) ? Optional.empty() : Optional.of(id);
    }

    static ObjectId parse(String hex) {
        return hex.isEmpty() ? ObjectId.zeroId() : ObjectId.fromString(hex);
    }

    PromptIndex.Tips tips() {
        return new PromptIndex.Tips(hex(main), hex(notes), hex(settings), hex(draft));
    }

    static String hex(ObjectId id) {
        return absent(id) ? "" : id.name();
    }

    Truths withMain(ObjectId tip) {
        return new Truths(tip, notes, settings, draft);
    }

    Truths withNotes(ObjectId tip) {
        return new Truths(main, tip, settings, draft);
    }

    Truths withSettings(ObjectId tip) {
        return new Truths(main, notes, tip, draft);
    }

    Truths withDraft(ObjectId tip) {
        return new Truths(main, notes, settings, tip);
    }
}
