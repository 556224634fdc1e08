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

    STANDING("select clean, whole, run from catalog"),
    BEGIN_RUN("update catalog set clean = 0, run = run + 1"),
    END_RUN("update catalog set clean = 1"),
    WHOLE("update catalog set whole = 1"),

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

    // The change gets the first free number from its millisecond's first, ?11, to before the next one's, ?12.
    PUT_PROMPT("""
            insert into prompt (id, namespace, name, folded, open, main, notes, settings, draft, updated_at, change)
            values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, coalesce(
              max(?11, (select change + 1 from prompt where change < ?12 order by change desc limit 1)), ?11))
            on conflict (id) do update set
              namespace = excluded.namespace, name = excluded.name, folded = excluded.folded, open = excluded.open,
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
    // Two statements, so that whoever tells of new versions need not look first.
    NEW_VERSION("""
            insert into version (prompt, commit_id, number, moment, main, current, deleted, display, display_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (prompt, commit_id) do nothing
            """),
    CHANGE_VERSION("""
            update version set
              number = ?3, moment = ?4, main = ?5, current = ?6, deleted = ?7, display = ?8, display_at = ?9
            where prompt = ?1 and commit_id = ?2
            """),

    DROP_FORMER("""
            delete from former where prompt = ?1
            and (namespace <> ?2 or name not in (select value from json_each(?3)))
            """),
    PUT_FORMER("""
            insert into former (prompt, namespace, name, lost_at) select ?1, ?2, value, ?4 from json_each(?3)
            where true on conflict do nothing
            """),
    PUT_RELEASE("""
            insert into released (prompt, major, minor, patch, commit_id) values (?, ?, ?, ?, ?)
            on conflict (prompt, major, minor, patch) do update set commit_id = excluded.commit_id
            """),
    COUNT_DOWNLOAD("update prompt set downloads = downloads + 1 where id = ?"),
    PUT_DOCUMENT("""
            insert into document (number, name, description, tags, text)
            select number, ?2, ?3, ?4, coalesce(?5, '') from prompt where id = ?1
            on conflict (number) do update set
              name = excluded.name, description = excluded.description, tags = excluded.tags,
              text = coalesce(?5, text)
            where name <> ?2 or description <> ?3 or tags <> ?4 or text <> coalesce(?5, text)
            """),

    LAST_DUE("select coalesce(max(place), 0) from due"),
    DUE("""
            select due.number, name, description, tags, text from due join document on document.number = due.number
            where place <= ? order by place limit ?
            """),
    INDEX_WORDS("insert or replace into words (rowid, name, about, text) values (?, ?, ?, ?)"),
    INDEX_GRAMS("insert or replace into grams (rowid, name, rest) values (?, ?, ?)"),
    DONE("delete from due where number = ?"),

    DROP_ALL_FORMER("delete from former where prompt = ?"),
    DROP_RELEASES("delete from released where prompt = ?"),
    DROP_DISPLAYED("delete from displayed where prompt = ?"),
    DROP_DOCUMENT("delete from document where number = (select number from prompt where id = ?)"),
    DROP_NAMES("delete from name where prompt = ?"),
    DROP_VERSIONS("delete from version where prompt = ?"),
    DROP_PROMPT("delete from prompt where id = ?"),

    // A kill may have come before the prompt was recorded anew: then those are remembered that were first.
    REMEMBER_VERSIONS("update or ignore version set prompt = prompt || '~' where prompt = ?"),
    UNCOUNT("update prompt set live = 0, latest = 0 where id = ?"),
    REMEMBERED("select 1 from version where prompt = ? || '~' and commit_id = ?"),
    DROP_REMEMBERED("delete from version where prompt = ? || '~'"),

    DROP_TOLD("delete from told where prompt = ?"),
    DROP_POINTERS("delete from pointer where prompt = ?"),

    PROMPT("""
            select main, notes, settings, draft, environments, latest, live, downloads, updated_at
            from prompt where id = ?
            """),
    BY_NUMBER(Part.VERSION + "where prompt = ? and number = ? and current = 1"),
    FLOOR(Part.VERSION + "where prompt = ? and number <= ? and main = 1 order by number desc, rowid desc limit 1"),
    BY_COMMIT(Part.VERSION + "where prompt = ? and commit_id >= ? and commit_id < ? order by commit_id limit 1"),
    BEGINNING(Part.VERSION + "where prompt = ? and commit_id >= ? and commit_id < ? order by commit_id limit 2"),
    CARRIERS(Part.VERSION + """
            where prompt = ? and display = ? and current = 1 and deleted = 0
            order by display_at desc, number desc limit ?
            """),
    LIVE(Part.VERSION + """
            where prompt = ? and current = 1 and deleted = 0 order by number desc limit ? offset ?
            """),

    LIVE_BELOW(Part.VERSION + """
            where prompt = ? and current = 1 and deleted = 0 and number < ? order by number desc limit ?
            """),
    // Along main neither numbers nor moments go back, so the newest by moment has the highest number. Of that number
    // there may be later ones.
    NEWEST_AT(Part.VERSION + """
            where prompt = ?1 and main = 1 and moment <= ?2
            and number <= min(?3 - 1, coalesce((
              select number from version
              where prompt = ?1 and main = 1 and moment <= ?2 order by moment desc, number desc limit 1), 0))
            order by number desc, rowid desc limit 1
            """),
    NUMBER_AT(Part.VERSION + """
            where prompt = ? and number = ? and moment <= ? order by rowid desc limit 1
            """),
    DISPLAYED("select text from displayed where prompt = ? order by at desc, number desc limit ?"),
    RELEASES_OF("""
            select major, minor, patch from released where prompt = ? and commit_id = ? order by major, minor, patch
            """),
    RELEASES("""
            select major, minor, patch, number, version.commit_id, moment, main, current, deleted, display, display_at
            """ + Part.LIVE_RELEASES + "order by major desc, minor desc, patch desc limit ? offset ?"),
    HIGHEST("""
            select major, minor, patch from released where prompt = ?
            order by major desc, minor desc, patch desc limit ?
            """),
    RELEASES_TOTAL("select count(*) " + Part.LIVE_RELEASES),
    FORMER("""
            select prompt from former where namespace = ?1 and name = ?2
            and not exists (
              select 1 from name join prompt on prompt.id = name.prompt
              where name.namespace = ?1 and name.name = ?2
              and prompt.namespace = name.namespace and prompt.name = name.name)
            order by lost_at desc, rowid desc limit 1
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

    ALL_IN("select id from prompt where namespace = ? order by change desc, id desc limit ? offset ?"),
    ALL_IN_TOTAL("select coalesce((select prompts from tally where namespace = ?), 0)"),
    READABLE_IN("""
            select id, change from prompt where namespace = ?1 and open = 1
            union select prompt, change from reader where subject = ?2 and namespace = ?1
            order by 2 desc, 1 desc limit ?3 offset ?4
            """),
    READABLE_IN_TOTAL("""
            select coalesce((select open from tally where namespace = ?1), 0)
            + (select count(*) from reader where subject = ?2 and namespace = ?1)
            """),

    // ?1 whether all may be read, ?2 the namespace of which all may be read, ?3 who reads; ?4 the namespace that is
    // asked for, or nothing; ?5 and ?6 between which names.
    FOLDER("select p.id from prompt p where p.name >= ?5 and p.name < ?6 and " + Part.ASKED + """
            order by p.change desc, p.id desc limit ?7 offset ?8
            """),
    FOLDER_TOTAL("select count(*) from prompt p where p.name >= ?5 and p.name < ?6 and " + Part.ASKED),
    FOLDER_IN(Part.FOLDER_IN + "order by p.name limit ?7 offset ?8"),
    FOLDER_IN_TOTAL("select count(*) from (" + Part.FOLDER_IN + ")"),

    // Besides: ?7 the words of three characters and more, ?8 the shorter ones, ?9 the whole text, ?10 all words.
    SEARCH("select p.id " + Part.LONG + Part.BETTER + "bm25(words, 10.0, 3.0, 1.0), " + Part.WINDOW),
    SEARCH_TOTAL("select count(*) " + Part.LONG),
    SEARCH_BOTH(
            "select p.id " + Part.LONG + Part.AND_SHORT + Part.BETTER + "bm25(words, 10.0, 3.0, 1.0), " + Part.WINDOW),
    SEARCH_BOTH_TOTAL("select count(*) " + Part.LONG + Part.AND_SHORT),
    SEARCH_SHORT("select p.id " + Part.SHORT + Part.BETTER + "bm25(grams, 10.0, 1.0), " + Part.WINDOW),
    SEARCH_SHORT_TOTAL("select count(*) " + Part.SHORT),

    PUT_TRASH("insert into trash (prompt, namespace, name, owner, at, run) values (?, ?, ?, ?, ?, ?)"),
    REFILL_TRASH("""
            insert into trash (prompt, namespace, name, owner, at, run) select ?1, ?2, ?3, ?4, ?5, ?6
            where not exists (select 1 from prompt where id = ?1)
            """),
    DROP_TRASH("delete from trash where prompt = ?"),
    TRASHED("select prompt, namespace, name, owner, at from trash where prompt = ?"),
    TRASH("select prompt, namespace, name, owner, at from trash order by at desc, prompt desc limit ? offset ?"),
    TRASH_OF("""
            select prompt, namespace, name, owner, at from trash where owner = ?
            order by at desc, prompt desc limit ? offset ?
            """),
    TRASH_TOTAL("select coalesce((select prompts from trash_tally where owner = ?), 0)"),

    RECEIPT("select status, content_type, body from receipt where scope = ? and at > ?"),
    KEEP_RECEIPT("""
            insert into receipt (scope, status, content_type, body, at) values (?1, ?2, ?3, ?4, ?5)
            on conflict (scope) do update set
              status = excluded.status, content_type = excluded.content_type, body = excluded.body, at = excluded.at
            where at <= ?6
            """),
    DROP_OLD_RECEIPTS("""
            delete from receipt where scope in (select scope from receipt where at <= ? order by at limit 4)
            """),

    EPOCH("select epoch from log"),
    DROPPED("select dropped from log"),
    // Where none is kept any more, the newest was the last that was dropped.
    NEWEST_EVENT("select max(coalesce((select max(number) from event), 0), dropped) from log"),
    EVENTS("select * from event where number > ? order by number limit ?"),
    DELETION("select * from event where prompt = ? and kind = 'prompt.deleted' order by number desc limit 1"),
    EVENTS_OF_PROMPT("select * from event where prompt = ? and number > ? order by number limit ?"),
    PUT_EVENT("""
            insert into event (at, kind, prompt, namespace, name, subject, ref, from_number, from_id, to_number, to_id,
              moment, message, flag)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """),
    POSITION("select number from follower where name = ?"),
    PUT_POSITION("""
            insert into follower (name, number) values (?, ?)
            on conflict (name) do update set number = excluded.number where number < excluded.number
            """),
    // Followers are few, and the oldest events are the first of their table. Where nobody follows, nobody misses any.
    LAST_PASSED("""
            select max(number) from (
              select number, at from event
              where number <= coalesce((select min(number) from follower), 9223372036854775807)
              order by number limit ?2)
            where at < ?1
            """),
    DROP_EVENTS("delete from event where number <= ?"),
    PUT_DROPPED("update log set dropped = max(dropped, ?)"),
    KNOWN_PLACE("""
            select namespace, name, open, main, notes, exists (select 1 from version where prompt = id || '~') as anew
            from prompt where id = ?
            """),
    READERS("select subject from reader where prompt = ? order by subject"),
    TOLD("select id from told where prompt = ? and ref = ?"),
    ALL_TOLD("select ref, id from told where prompt = ? order by ref"),
    PUT_TOLD("""
            insert into told (prompt, ref, id) values (?, ?, ?)
            on conflict (prompt, ref) do update set id = excluded.id
            """),
    DROP_ONE_TOLD("delete from told where prompt = ? and ref = ?"),
    MOVE_ENVIRONMENTS("update prompt set environments = ?3 where id = ?1 and environments = ?2 returning id"),
    ADOPT("update prompt set environments = ?2 where id = ?1 and environments is null"),
    PUT_POINTER("insert into pointer (prompt, environment, number, commit_id) values (?, ?, ?, ?)"),
    POINTING("""
            select id, name, pointer.number, commit_id from prompt
            join pointer on pointer.prompt = prompt.id and pointer.environment = ?2
            where namespace = ?1 order by id
            """),

    // Due at once where nothing of its line is pending; what stands in no line, always. Given twice, it is kept once.
    PUT_DELIVERY("""
            insert into delivery (id, webhook, prompt, kind, event, made_at, once, body, due_at)
            values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, case when ?7 or not exists (
              select 1 from delivery
              where webhook = ?2 and prompt = ?3 and status = 'pending' and once = 0) then ?6 end)
            on conflict do nothing
            """),
    SEND_AGAIN("""
            update delivery set status = 'pending', once = 1, due_at = ?2 where id = ?1 and status <> 'pending'
            returning webhook
            """),
    DUE_DELIVERIES("""
            select id, webhook, prompt, kind, event, body, attempts, first_at, once from delivery
            where webhook = ? and once = ? and due_at <= ? order by due_at limit ?
            """),
    NEXT_DUE("""
            select due_at from delivery where webhook = ? and once = 0 and due_at > ? order by due_at limit 1
            """),
    END_ATTEMPT("""
            update delivery set status = ?2, attempts = ?3, first_at = coalesce(first_at, ?4), due_at = ?5
            where id = ?1
            """),
    PUT_ATTEMPT("""
            insert into attempt (delivery, number, at, status, took, answer)
            select number, ?2, ?3, ?4, ?5, ?6 from delivery where id = ?1
            """),
    DROP_ATTEMPTS("delete from attempt where delivery = (select number from delivery where id = ?) and number <= ?"),
    LINE_OF("select webhook, prompt from delivery where id = ? and once = 0"),
    NEXT_OF_LINE("""
            update delivery set due_at = ?3 where due_at is null and number = (
              select number from delivery
              where webhook = ?1 and prompt = ?2 and status = 'pending' and once = 0 order by number limit 1)
            """),
    DELIVERY(Part.DELIVERY + "where delivery.id = ?"),
    DELIVERIES(Part.DELIVERY + """
            where delivery.webhook = ? and delivery.number < ? order by delivery.number desc limit ?
            """),
    ATTEMPTS("""
            select attempt.number as attempt, at, attempt.status as answered, took, answer
            from attempt where delivery = (select delivery.number from delivery where id = ?) order by number desc
            """),
    NEXT_SUBSCRIBER("select webhook from delivery where webhook > ? order by webhook limit 1"),
    WAITING("select deliveries from waiting"),
    DROP_DELIVERIES_OF("""
            delete from delivery where number in (select number from delivery where webhook = ? order by number limit ?)
            returning number
            """),
    LAST_OLD_DELIVERY("""
            select max(number) from (
              select number, made_at from delivery where number > 0 order by number limit ?2)
            where made_at < ?1
            """),
    FIRST_OF_LINES("""
            select webhook, prompt from delivery
            where number <= ? and +status = 'pending' and +once = 0 and +due_at is not null
            """),
    DROP_DELIVERIES("delete from delivery where number <= ?"),

    KNOWN("select id from prompt order by id"),
    DROP_OLD_CLAIMS("""
            delete from name where run < ?
            and not exists (
              select 1 from prompt
              where prompt.id = name.prompt and prompt.namespace = name.namespace and prompt.name = name.name)
            """),
    DROP_OLD_TRASH("delete from trash where run < ?");

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

        private static final String DELIVERY = """
                select delivery.number as number, id, webhook, prompt, kind, event, delivery.status as status, attempts,
                due_at, attempt.number as attempt, at, attempt.status as answered, took, answer
                from delivery
                left join attempt on attempt.delivery = delivery.number and attempt.number = delivery.attempts
                """;

        private static final String LIVE_RELEASES = """
                from released join version on version.prompt = released.prompt
                and version.commit_id = released.commit_id
                where released.prompt = ? and current = 1 and deleted = 0
                """;

        private static final String ASKED = """
                (?1 or p.open = 1 or p.namespace = ?2
                  or exists (select 1 from reader where reader.prompt = p.id and reader.subject = ?3))
                and (?4 = '' or p.namespace = ?4)
                """;

        private static final String FOLDER_IN =
                "select p.id from prompt p where p.namespace = ?4 and p.name >= ?5 and p.name < ?6 and " + ASKED;

        private static final String IN_FOLDER = "and (?5 = '' or (p.name >= ?5 and p.name < ?6)) and " + ASKED;

        // cross join: from the index to the prompts, never the other way.
        private static final String LONG =
                "from words cross join prompt p on p.number = words.rowid where words match ?7 " + IN_FOLDER;

        private static final String SHORT =
                "from grams cross join prompt p on p.number = grams.rowid where grams match ?8 " + IN_FOLDER;

        // The plus sign: asked once for all prompts that have them, not once for each that the other index gives.
        private static final String AND_SHORT = "and +p.number in (select rowid from grams where grams match ?8) ";

        private static final String BETTER = """
                order by p.folded = ?9 desc,
                not exists (select 1 from json_each(?10) where instr(p.folded, json_each.value) = 0) desc,
                """;

        private static final String WINDOW = "p.change desc, p.id desc limit ?11 offset ?12";

        private Part() {}
    }
}
