package dev.versicle.catalog;

/**
 * Every statement that the catalog runs, but for those that make its tables. A test asks SQLite for the plan of each,
 * so that none comes to read a whole table unnoticed.
 */
enum Query {
    BEGIN_READ("begin"),
    BEGIN_WRITE("begin immediate"),
    COMMIT("commit"),
    ROLLBACK("rollback"),

    SCHEMA_NUMBER("pragma user_version"),
    QUICK_CHECK("pragma quick_check(1)"),
    SYNC_EACH_COMMIT("pragma synchronous = full"),
    SYNC_AT_CHECKPOINTS("pragma synchronous = normal"),
    EMPTY_THE_LOG("pragma wal_checkpoint(truncate)"),

    STANDING("select clean, run from catalog"),
    BEGIN_RUN("update catalog set clean = 0, run = run + 1"),
    END_RUN("update catalog set clean = 1"),

    CLAIM("""
            insert into name (namespace, name, prompt, run) values (?, ?, ?, ?)
            on conflict (namespace, name) do update set run = excluded.run where prompt = excluded.prompt
            """),
    HOLDER("select prompt from name where namespace = ? and name = ?"),
    RELEASE("""
            delete from name where namespace = ? and name = ? and prompt = ?
            and not exists (
              select 1 from prompt
              where prompt.id = name.prompt and prompt.namespace = name.namespace and prompt.name = name.name)
            """),
    // Only when another name is borne now: a save in the middle of a renaming leaves the new name claimed.
    DROP_OTHER_NAMES("""
            delete from name where prompt = ?1 and not (namespace = ?2 and name = ?3)
            and not exists (select 1 from prompt where id = ?1 and prompt.namespace = ?2 and prompt.name = ?3)
            """),
    FIND("""
            select prompt.id from name join prompt on prompt.id = name.prompt
            where name.namespace = ? and name.name = ?
            and prompt.namespace = name.namespace and prompt.name = name.name
            """),

    PUT_PROMPT("""
            insert into prompt (id, namespace, name, open, main, notes, settings, draft, updated_at, change)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, (select coalesce(max(change), 0) + 1 from prompt))
            on conflict (id) do update set
              namespace = excluded.namespace, name = excluded.name, open = excluded.open,
              main = excluded.main, notes = excluded.notes, settings = excluded.settings, draft = excluded.draft,
              updated_at = excluded.updated_at, change = excluded.change
            """),
    PUT_LATEST("""
            update prompt set latest = coalesce((
              select number from version
              where version.prompt = prompt.id and current = 1 and deleted = 0 order by number desc limit 1), 0)
            where id = ?
            """),
    PUT_READER("""
            insert into reader (subject, change, prompt, namespace)
            select ?, change, id, namespace from prompt where id = ?
            """),
    DROP_READERS("delete from reader where prompt = ?"),
    OVERWRITE("""
            update version set current = 0 where prompt = ? and number = ? and current = 1 and commit_id <> ?
            """),
    PUT_VERSION("""
            insert into version (prompt, commit_id, number, moment, main, current, deleted, display, display_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (prompt, commit_id) do update set
              number = excluded.number, moment = excluded.moment, main = excluded.main, current = excluded.current,
              deleted = excluded.deleted, display = excluded.display, display_at = excluded.display_at
            """),

    DROP_NAMES("delete from name where prompt = ?"),
    DROP_VERSIONS("delete from version where prompt = ?"),
    DROP_PROMPT("delete from prompt where id = ?"),

    PROMPT("select main, notes, settings, draft, latest, live, updated_at from prompt where id = ?"),
    BY_NUMBER(Part.VERSION + "where prompt = ? and number = ? and current = 1"),
    FLOOR(Part.VERSION + "where prompt = ? and number <= ? and main = 1 order by number desc, rowid desc limit 1"),
    BY_COMMIT(Part.VERSION + "where prompt = ? and commit_id >= ? and commit_id < ? order by commit_id limit 1"),
    BEGINNING(Part.VERSION + "where prompt = ? and commit_id >= ? and commit_id < ? order by commit_id limit 2"),
    CARRIER(Part.VERSION + """
            where prompt = ? and display = ? and current = 1 and deleted = 0
            order by display_at desc, number desc limit 1
            """),
    LIVE(Part.VERSION + """
            where prompt = ? and current = 1 and deleted = 0 order by number desc limit ? offset ?
            """),
    LIVE_BELOW(Part.VERSION + """
            where prompt = ? and number < ? and current = 1 and deleted = 0 order by number desc limit ?
            """),
    NEWEST_AT(Part.VERSION + """
            where prompt = ? and number < ? and moment <= ? and main = 1 order by number desc, rowid desc limit 1
            """),
    // The commits of one number came to the table in the order of their making.
    NUMBER_AT(Part.VERSION + """
            where prompt = ? and number = ? and moment <= ? order by rowid desc limit 1
            """),

    ALL("select id from prompt order by change desc, id desc limit ? offset ?"),
    ALL_TOTAL("select prompts from tally where namespace = '*'"),
    // union, not union all with exclusions: the three walks advance together, and none runs on alone over prompts that
    // another of them has given already.
    READABLE("""
            select id, change from prompt where namespace = ?
            union select id, change from prompt where open = 1
            union select prompt, change from reader where subject = ?
            order by 2 desc, 1 desc limit ? offset ?
            """),
    READABLE_TOTAL("""
            select coalesce((select prompts - open from tally where namespace = ?1), 0)
            + coalesce((select open from tally where namespace = '*'), 0)
            + (select count(*) from reader where subject = ?2 and namespace < ?1)
            + (select count(*) from reader where subject = ?2 and namespace > ?1)
            """),

    ALL_IN("select id from prompt where namespace = ? order by change desc, id desc"),
    READABLE_IN("""
            select id, change from prompt where namespace = ?1 and open = 1
            union select prompt, change from reader where subject = ?2 and namespace = ?1
            order by 2 desc, 1 desc
            """),

    KNOWN("select id from prompt union select prompt from name order by 1"),
    DROP_OLD_CLAIMS("""
            delete from name where run < ?
            and not exists (
              select 1 from prompt
              where prompt.id = name.prompt and prompt.namespace = name.namespace and prompt.name = name.name)
            """),
    RANK_PROMPTS("""
            update prompt set change = ranked.place
            from (select id, row_number() over (order by updated_at, change) as place from prompt) as ranked
            where prompt.id = ranked.id and prompt.change <> ranked.place
            """),
    RANK_READERS("update reader set change = (select prompt.change from prompt where prompt.id = reader.prompt)");

    private final String sql;

    Query(String sql) {
        this.sql = sql;
    }

    String sql() {
        return sql;
    }

    /** In a class of its own, since an enum's constants cannot use a constant that stands below them. */
    private static final class Part {
        private static final String VERSION =
                "select number, commit_id, moment, main, current, deleted, display, display_at from version ";

        private Part() {}
    }
}
