package dev.versicle.catalog;

import dev.versicle.prompt.Environment;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex.EnvironmentMoves;
import dev.versicle.prompt.PromptIndex.RefValue;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Compares all refs of a prompt that clones see with those that events told of. A prompt may have 100,000 tags: they
 * are written in parts, between which others may write, and of which the last makes the whole count.
 */
final class ToldRefs {
    /** At a time, since whoever writes another prompt waits meanwhile. */
    private static final int REFS_MAX = 1_000;

    private ToldRefs() {}

    /** The refs that are not what was told of them, in parts; those that are gone first, then by name. */
    static List<List<RefValue>> differing(Sessions sessions, PromptId id, Map<String, String> refs) {
        Map<String, String> told = new TreeMap<>();
        sessions.read(session -> session.list(
                        Query.ALL_TOLD, row -> Map.entry(row.getString("ref"), row.getString("id")), id.hex()))
                .forEach(entry -> told.put(entry.getKey(), entry.getValue()));
        List<RefValue> differing = new ArrayList<>();
        for (String ref : told.keySet()) {
            if (!refs.containsKey(ref)) {
                differing.add(new RefValue(ref, Optional.empty()));
            }
        }
        for (Map.Entry<String, String> ref : new TreeMap<>(refs).entrySet()) {
            if (!ref.getValue().equals(told.get(ref.getKey()))) {
                differing.add(new RefValue(ref.getKey(), Optional.of(ref.getValue())));
            }
        }
        return parts(differing);
    }

    private static <T> List<List<T>> parts(List<T> all) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += REFS_MAX) {
            parts.add(all.subList(from, Math.min(from + REFS_MAX, all.size())));
        }
        return parts;
    }

    /** Takes all refs as told of, and the environments' moves; begins anew where a kill came before the last part. */
    static void adopt(Sessions sessions, PromptId id, Map<String, String> refs, EnvironmentMoves environments) {
        List<List<Map.Entry<String, String>>> parts = parts(List.copyOf(refs.entrySet()));
        for (List<Map.Entry<String, String>> part : parts.subList(0, Math.max(0, parts.size() - 1))) {
            sessions.write(session -> put(session, id, part));
            sessions.giveWay();
        }
        sessions.write(session -> {
            if (!parts.isEmpty()) {
                put(session, id, parts.getLast());
            }
            putPointers(session, id, environments.now());
            session.run(Query.ADOPT, id.hex(), environments.to());
        });
    }

    private static void put(Session session, PromptId id, List<Map.Entry<String, String>> refs) throws SQLException {
        for (Map.Entry<String, String> ref : refs) {
            session.run(Query.PUT_TOLD, id.hex(), ref.getKey(), ref.getValue());
        }
    }

    /** Makes the rows of a prompt's environments what they are now. */
    static void putPointers(Session session, PromptId id, Map<EnvironmentName, Environment.Target> now)
            throws SQLException {
        session.run(Query.DROP_POINTERS, id.hex());
        for (Map.Entry<EnvironmentName, Environment.Target> pointer : now.entrySet()) {
            Environment.Target target = pointer.getValue();
            session.run(
                    Query.PUT_POINTER,
                    id.hex(),
                    pointer.getKey().text(),
                    target.version(),
                    target.commit().hex());
        }
    }
}
