package dev.versicle.catalog;

import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex.Trashed;
import dev.versicle.prompt.Role;
import dev.versicle.prompt.Search;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Asks for prompts by what they say and where they are; a caller sees those alone that it may read. */
final class Lists {
    private static final int UNLIMITED = -1;

    /** The row of {@code trash_tally} that counts everybody's; no subject is empty. */
    private static final String EVERYBODY = "";

    private final Sessions sessions;

    Lists(Sessions sessions) {
        this.sessions = sessions;
    }

    Page<PromptId> search(Caller caller, Search wanted, Page.Part part) {
        Reach reach = Reach.of(caller);
        Words words = Words.of(wanted.text());
        String namespace = wanted.namespace().map(Namespace::text).orElse("");
        if (!words.all().isEmpty()) {
            return found(words, asked(reach, namespace, wanted), part);
        }
        if (wanted.folder().isPresent()) {
            boolean byName = wanted.namespace().isPresent();
            return page(
                    byName ? Query.FOLDER_IN : Query.FOLDER,
                    byName ? Query.FOLDER_IN_TOTAL : Query.FOLDER_TOTAL,
                    part,
                    asked(reach, namespace, wanted));
        }
        return wanted.namespace().isPresent() ? in(reach, namespace, part) : everywhere(reach, part);
    }

    private Page<PromptId> everywhere(Reach reach, Page.Part part) {
        return reach.all()
                ? page(Query.ALL, Query.ALL_TOTAL, part)
                : page(Query.READABLE, Query.READABLE_TOTAL, part, reach.namespace(), reach.subject());
    }

    private Page<PromptId> in(Reach reach, String namespace, Page.Part part) {
        return reach.allOf(namespace)
                ? page(Query.ALL_IN, Query.ALL_IN_TOTAL, part, namespace)
                : page(Query.READABLE_IN, Query.READABLE_IN_TOTAL, part, namespace, reach.subject());
    }

    List<PromptId> in(Caller caller, Namespace namespace) {
        Reach reach = Reach.of(caller);
        String text = namespace.text();
        return sessions.read(session -> reach.allOf(text)
                ? session.list(Query.ALL_IN, Rows::id, text, UNLIMITED, 0)
                : session.list(Query.READABLE_IN, Rows::id, text, reach.subject(), UNLIMITED, 0));
    }

    /** What the statements of {@link Query#FOLDER} and below take first. */
    private static Object[] asked(Reach reach, String namespace, Search wanted) {
        // "0" is the first character behind the slash: the range is all names that begin with the folder.
        String from = wanted.folder().map(path -> path + "/").orElse("");
        String before = wanted.folder().map(path -> path + "0").orElse("");
        return new Object[] {reach.all(), reach.namespace(), reach.subject(), namespace, from, before};
    }

    private Page<PromptId> found(Words words, Object[] asked, Page.Part part) {
        String longer = words.longQuery();
        String shorter = words.shortQuery();
        Object[] counted = shorter.isEmpty() ? and(asked, longer) : and(asked, longer, shorter);
        Object[] ranked =
                and(asked, longer, shorter, words.folded(), JsonArray.of(words.all()), part.limit(), part.offset());
        Query items = Query.SEARCH_BOTH;
        Query total = Query.SEARCH_BOTH_TOTAL;
        if (shorter.isEmpty()) {
            items = Query.SEARCH;
            total = Query.SEARCH_TOTAL;
        } else if (longer.isEmpty()) {
            items = Query.SEARCH_SHORT;
            total = Query.SEARCH_SHORT_TOTAL;
        }
        return page(items, ranked, total, counted, part);
    }

    Page<Trashed> trashed(Caller caller, Page.Part part) {
        boolean all = caller.has(Role.ADMIN);
        String owner = all ? EVERYBODY : Reach.of(caller).subject();
        if (!all && owner.isEmpty()) {
            return new Page<>(List.of(), 0);
        }
        return sessions.read(session -> {
            long total = count(session, Query.TRASH_TOTAL, owner);
            if (part.offset() >= total) {
                return new Page<>(List.of(), total);
            }
            List<Trashed> items = all
                    ? session.list(Query.TRASH, Rows::trashed, part.limit(), part.offset())
                    : session.list(Query.TRASH_OF, Rows::trashed, owner, part.limit(), part.offset());
            return new Page<>(items, total);
        });
    }

    private Page<PromptId> page(Query items, Query total, Page.Part part, Object... values) {
        return page(items, and(values, part.limit(), part.offset()), total, values, part);
    }

    /** Behind the end nothing is read, so that a page far out does not walk through all that is there. */
    private Page<PromptId> page(Query items, Object[] listed, Query total, Object[] counted, Page.Part part) {
        return sessions.read(session -> {
            long count = count(session, total, counted);
            List<PromptId> ids = part.offset() < count ? session.list(items, Rows::id, listed) : List.of();
            return new Page<>(ids, count);
        });
    }

    static long count(Session session, Query query, Object... values) throws SQLException {
        return session.first(query, row -> row.getLong(1), values).orElseThrow();
    }

    private static Object[] and(Object[] values, Object... more) {
        return Stream.concat(Arrays.stream(values), Arrays.stream(more)).toArray();
    }
}
