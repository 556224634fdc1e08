package dev.versicle.git;

import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which refs of a repository on another server come into a new prompt, and as what: one branch as main, people's other
 * branches, tags, notes, and another Versicle's slots. A draft is somebody's unfinished work and stays there, as do
 * environments, which are signs of what is not shown. So does a branch of the name main where another becomes it.
 */
public final class RemoteRefs {
    private final SortedMap<String, String> refs;

    private RemoteRefs(SortedMap<String, String> refs) {
        this.refs = refs;
    }

    /** What to ask a server for: names, or what they begin with. */
    public static List<String> prefixes() {
        return List.of(RefNames.HEAD, RefNames.BRANCHES, RefNames.TAGS, RefNames.NOTES, RefNames.SLOTS);
    }

    /**
     * Chooses among what a server offers.
     *
     * @param offered ids by the names of their refs, {@code HEAD} among them where it leads to a commit
     * @param head the ref that HEAD leads to, as far as the server tells
     * @param branch the branch that is to be main, instead of HEAD's
     */
    public static RemoteRefs of(Map<String, String> offered, Optional<String> head, Optional<String> branch) {
        Optional<String> source = branch.map(name -> RefNames.BRANCHES + name).or(() -> head);
        String main = Optional.ofNullable(offered.get(branch.isPresent() ? source.orElseThrow() : RefNames.HEAD))
                .orElseThrow(() -> noMain(branch));
        SortedMap<String, String> refs = new TreeMap<>();
        offered.forEach((name, id) -> {
            if (comes(name) && !source.equals(Optional.of(name))) {
                refs.put(name, id);
            }
        });
        refs.put(RefNames.MAIN, main);
        return new RemoteRefs(refs);
    }

    private static PromptException noMain(Optional<String> branch) {
        return new PromptException(
                branch.isPresent()
                        ? new Problem.Invalid("branch", "must be a branch that the remote has")
                        : new Problem.RemoteFailed("has no commit that its HEAD leads to"));
    }

    private static boolean comes(String name) {
        return RefNames.isFree(name)
                || name.equals(RefNames.NOTES)
                || (RefNames.knows(name) && (name.startsWith(RefNames.TAGS) || name.startsWith(RefNames.SLOTS)));
    }

    /** The ids that they lead to, each once. */
    public Set<String> wants() {
        return new TreeSet<>(ids());
    }

    private Collection<String> ids() {
        return refs.values();
    }

    /** Writes the header of a bundle, which the pack of what is wanted follows. */
    public void writeHeader(OutputStream out) throws IOException {
        StringBuilder header = new StringBuilder(BundleHeader.SIGNATURE).append('\n');
        refs.forEach((name, id) -> header.append(id).append(' ').append(name).append('\n'));
        out.write(header.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }
}
