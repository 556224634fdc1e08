package dev.versicle.git;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.eclipse.jgit.transport.BundleWriter;

/**
 * Writes repositories as Git bundles, version 2: every ref that {@link RefNames#knows}, with main as {@code HEAD} so
 * that {@code git clone} checks it out. Without versions there is no main and no {@code HEAD}, and a clone is empty.
 */
final class Bundles {
    /** Larger files are not packed as differences: whoever reads them would have to hold several at a time. */
    private static final int DELTA_BYTES_MAX = 1 << 20;

    private Bundles() {}

    /** The refs of one of ours, as they stand. */
    static SortedMap<String, ObjectId> refs(Repository git) throws IOException {
        SortedMap<String, ObjectId> refs = new TreeMap<>();
        for (Ref ref : git.getRefDatabase().getRefs()) {
            if (ref.getObjectId() != null && RefNames.knows(ref.getName())) {
                refs.put(ref.getName(), ref.getObjectId());
            }
        }
        return refs;
    }

    /**
     * The refs of a repository from elsewhere: of another server's prompt all, of any other what cannot be taken for
     * our own, with the branch that its HEAD leads to as main.
     */
    static SortedMap<String, ObjectId> foreignRefs(Repository git) throws IOException {
        SortedMap<String, ObjectId> refs = refs(git);
        if (!refs.containsKey(RefNames.SETTINGS)) {
            refs.keySet().removeIf(Bundles::isOurs);
            ObjectId head = git.resolve(RefNames.HEAD);
            if (head != null) {
                refs.putIfAbsent(RefNames.MAIN, head);
            }
        }
        return refs;
    }

    private static boolean isOurs(String name) {
        return Set.of(RefNames.DRAFT, RefNames.ENVIRONMENTS).contains(name)
                || name.startsWith(RefNames.SLOTS)
                || name.startsWith(RefNames.ENVIRONMENT_BRANCHES);
    }

    static void write(Repository git, Map<String, ObjectId> refs, OutputStream out) throws IOException {
        PackConfig config = new PackConfig(git);
        config.setBigFileThreshold(DELTA_BYTES_MAX);
        config.setThreads(1);
        BundleWriter bundle = new BundleWriter(git);
        bundle.setPackConfig(config);
        refs.forEach(bundle::include);
        if (refs.containsKey(RefNames.MAIN)) {
            bundle.include(RefNames.HEAD, refs.get(RefNames.MAIN));
        }
        bundle.writeBundle(NullProgressMonitor.INSTANCE, out);
    }
}
