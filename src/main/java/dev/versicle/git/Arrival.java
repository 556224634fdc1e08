package dev.versicle.git;

import static dev.versicle.git.BundleHeader.refused;

import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptFile;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptSettings;
import dev.versicle.prompt.PromptStore;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Fills a new repository with what a bundle holds, and trusts nothing of it. */
final class Arrival {
    static final long BUNDLE_BYTES_MAX = 64L << 20;

    /** Of {@code prompt.json}: every grant and tag that there may be, and thousands of former names. */
    static final long SETTINGS_BYTES_MAX = 4L << 20;

    /** Truths whose trees have rules of their own. */
    private static final Set<String> UNLIKE_VERSIONS = Set.of(RefNames.SETTINGS, RefNames.ENVIRONMENTS);

    private final Workshop shop;
    private final PromptId id;
    private final Scribe scribe;

    Arrival(Workshop shop, PromptId id, Scribe scribe) {
        this.shop = shop;
        this.id = id;
        this.scribe = scribe;
    }

    /** Checks the whole of the bundle, asks for admission last, and leaves settings other than its own as a commit. */
    void fill(Repository git, PromptFile.Content bundle, PromptStore.Admission admission) throws IOException {
        if (bundle.size() > BUNDLE_BYTES_MAX) {
            throw new PromptException(new Problem.TooLarge("bundle", BUNDLE_BYTES_MAX));
        }
        BundleHeader header;
        try (InputStream in = new BufferedInputStream(bundle.open())) {
            header = BundleHeader.read(in);
            PackScan.check(in, PackScan.Rules.BUNDLE);
        }
        PackContents contents;
        try (InputStream in = bundle.open()) {
            in.skipNBytes(header.bytes());
            contents = PackContents.read(git, in);
        }
        check(git, header.refs(), contents);
        Optional<PromptSettings> found = settings(git, header.refs());
        PromptSettings wanted = admission.admit(found);
        shop.repositories().place(git, header.refs());
        if (!found.equals(Optional.of(wanted))) {
            new SettingsWriter(shop, id, git).write(wanted, Truths.of(git), scribe);
        }
    }

    private static void check(Repository git, Map<String, ObjectId> refs, PackContents contents) throws IOException {
        try (RevWalk walk = new RevWalk(git)) {
            TreeRules rules = new TreeRules(walk.getObjectReader(), "bundle");
            for (Map.Entry<String, ObjectId> ref : refs.entrySet()) {
                ObjectId commit = contents.commit(walk.getObjectReader(), ref.getValue());
                if (!ref.getKey().startsWith(RefNames.TAGS) && !commit.equals(ref.getValue())) {
                    throw refused("must have branches that are commits");
                }
                if (ref.getKey().equals(RefNames.NOTES)) {
                    notes(walk.parseCommit(commit), walk, rules, contents);
                } else if (!UNLIKE_VERSIONS.contains(ref.getKey())) {
                    walk.markStart(walk.parseCommit(commit));
                }
            }
            for (RevCommit version : walk) {
                rules.requireVersion(version.getTree());
            }
            // Last, as it follows the other refs, which are known to lead to commits by now.
            Optional<ObjectId> environments = Optional.ofNullable(refs.get(RefNames.ENVIRONMENTS));
            if (environments.isPresent()) {
                new EnvironmentRules(git, rules).requireSound(environments.get(), refs);
            }
        }
    }

    /** Of the notes' newest commit and the one before, which mending compares: each must be on a commit in the pack. */
    private static void notes(RevCommit newest, RevWalk walk, TreeRules rules, PackContents contents)
            throws IOException {
        notes(newest, rules, contents);
        if (newest.getParentCount() > 0) {
            notes(walk.parseCommit(newest.getParent(0)), rules, contents);
        }
    }

    private static void notes(RevCommit notes, TreeRules rules, PackContents contents) throws IOException {
        for (String path : rules.paths(notes.getTree())) {
            String hex = path.replace("/", "");
            if (ObjectId.isId(hex) && !contents.has(ObjectId.fromString(hex), Constants.OBJ_COMMIT)) {
                throw refused("must have notes on commits in it only");
            }
        }
    }

    private static Optional<PromptSettings> settings(Repository git, Map<String, ObjectId> refs) throws IOException {
        Optional<ObjectId> tip = Optional.ofNullable(refs.get(RefNames.SETTINGS));
        if (tip.isEmpty()) {
            return Optional.empty();
        }
        try (ObjectReader reader = git.newObjectReader();
                RevWalk walk = new RevWalk(reader);
                TreeWalk file = TreeWalk.forPath(
                        reader, SettingsCodec.FILE, walk.parseCommit(tip.get()).getTree())) {
            if (file == null || !file.getFileMode(0).equals(FileMode.REGULAR_FILE)) {
                throw refused("must have settings in " + SettingsCodec.FILE);
            }
            if (reader.getObjectSize(file.getObjectId(0), Constants.OBJ_BLOB) > SETTINGS_BYTES_MAX) {
                throw refused("must have settings of at most " + SETTINGS_BYTES_MAX + " bytes");
            }
            return Optional.of(readSettings(
                    reader.open(file.getObjectId(0), Constants.OBJ_BLOB).getBytes()));
        }
    }

    private static PromptSettings readSettings(byte[] bytes) {
        try {
            return SettingsCodec.read(bytes);
        } catch (IOException e) {
            throw refused("must have settings that can be read");
        }
    }
}
