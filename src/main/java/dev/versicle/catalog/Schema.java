package dev.versicle.catalog;

import java.util.List;

/**
 * The tables. There is no migration: a file with another {@link #NUMBER} is made anew, so the number goes up with every
 * change of this class.
 *
 * <ul>
 *   <li>{@code catalog}: one row. {@code clean} is 1 only between an orderly stop and the next start, {@code whole}
 *       once every prompt was read into the file; {@code run} counts the starts.
 *   <li>{@code prompt}: {@code change} is {@code updated_at} with room behind it for the order of changes within one
 *       millisecond; lists are in its order. {@code open}: everybody reads it. {@code folded}: the name as searched.
 *       {@code environments}: up to where events told of them, null until what the prompt came with is adopted.
 *   <li>{@code name}: who holds a name. It is borne when the prompt's row has it too, else only claimed, in that run.
 *   <li>{@code reader}: who reads a prompt that is not open as its owner or by a grant, with what lists need of the
 *       prompt. A change rewrites the rows of its prompt, so that a list need not look at all prompts of a subject.
 *   <li>{@code tally}: how many prompts and how many open ones a namespace has; {@code *} is all of them.
 *   <li>{@code version}: {@code current} and not {@code deleted} is live; {@code main} ones lie on main's line. While
 *       a prompt is read anew, what was known of it stands under its id with a tilde behind it.
 *   <li>{@code displayed}: each display version once, as its carrier has it, so that the newest are found without
 *       counting a text as often as versions have it.
 *   <li>{@code former}: names that prompts bore, in the namespace they are in; {@code lost_at} is when it was noticed.
 *   <li>{@code released}: what the tags of releases point to.
 *   <li>{@code document}: what is searched of a prompt; {@code due}: which of these changed and are yet to be indexed,
 *       oldest change first.
 *   <li>{@code words}: every three characters in a row of each document. {@code grams}: every one and two of them, so
 *       that short words, as Chinese has them, are found without a scan. Both by {@code prompt.number}, and without the
 *       texts themselves.
 *   <li>{@code trash}: deleted prompts, with the run that saw them last; {@code trash_tally}: how many each owner has,
 *       and under the empty name all together.
 *   <li>{@code receipt}: answers for requests that come again.
 *   <li>{@code log}: one row. {@code epoch} names the numbers of this file's events; up to {@code dropped} they are not
 *       kept any more.
 *   <li>{@code event}: what happened, in the order in which it was recorded; which columns count depends on the kind.
 *   <li>{@code follower}: where those who follow the events have come to.
 *   <li>{@code told}: what refs other than main and the notes were when an event told of them last.
 *   <li>{@code pointer}: where the environments point, as far as events told of it.
 *   <li>{@code delivery}: what subscribers are told, in the order in which it came up; {@code prompt} is empty for a
 *       ping. Of those of one webhook and prompt that are pending and not to be sent {@code once}, the first alone has
 *       a {@code due_at}. {@code attempt}: what came of it. {@code waiting}: one row, how many are pending.
 * </ul>
 *
 * Times are milliseconds since 1970.
 */
final class Schema {
    static final int NUMBER = 5;

    static final List<String> STATEMENTS = List.of(
            "create table catalog (clean integer not null, whole integer not null, run integer not null) strict",
            "insert into catalog (clean, whole, run) values (0, 0, 0)",
            """
            create table prompt (
              number integer primary key,
              id text not null unique,
              namespace text not null,
              name text not null,
              folded text not null,
              open integer not null,
              main text not null,
              notes text not null,
              settings text not null,
              draft text not null,
              environments text,
              latest integer not null default 0,
              live integer not null default 0,
              downloads integer not null default 0,
              updated_at integer not null,
              change integer not null
            ) strict
            """,
            "create index prompt_change on prompt (change, id)",
            "create index prompt_namespace on prompt (namespace, change, id)",
            "create index prompt_open on prompt (change, id) where open = 1",
            "create index prompt_namespace_open on prompt (namespace, change, id) where open = 1",
            "create index prompt_namespace_name on prompt (namespace, name)",
            "create index prompt_name on prompt (name)",
            """
            create table name (
              namespace text not null,
              name text not null,
              prompt text not null,
              run integer not null,
              primary key (namespace, name)
            ) strict, without rowid
            """,
            "create index name_prompt on name (prompt)",
            """
            create table reader (
              subject text not null,
              change integer not null,
              prompt text not null,
              namespace text not null,
              primary key (subject, change, prompt)
            ) strict, without rowid
            """,
            "create index reader_namespace on reader (subject, namespace)",
            "create index reader_prompt on reader (prompt)",
            """
            create table tally (
              namespace text not null primary key,
              prompts integer not null,
              open integer not null
            ) strict, without rowid
            """,
            "insert into tally (namespace, prompts, open) values ('*', 0, 0)",
            """
            create trigger prompt_counted after insert on prompt begin
              insert into tally (namespace, prompts, open)
              values (new.namespace, 1, new.open), ('*', 1, new.open)
              on conflict (namespace) do update set prompts = prompts + 1, open = open + excluded.open;
            end
            """,
            """
            create trigger prompt_recounted after update of namespace, open on prompt
            when old.namespace <> new.namespace or old.open <> new.open begin
              update tally set prompts = prompts - 1, open = open - old.open where namespace in (old.namespace, '*');
              insert into tally (namespace, prompts, open)
              values (new.namespace, 1, new.open), ('*', 1, new.open)
              on conflict (namespace) do update set prompts = prompts + 1, open = open + excluded.open;
            end
            """,
            """
            create trigger prompt_uncounted after delete on prompt begin
              update tally set prompts = prompts - 1, open = open - old.open where namespace in (old.namespace, '*');
            end
            """,
            // With a rowid, unlike the others: a deep page of versions then skips index entries without looking up
            // rows.
            """
            create table version (
              prompt text not null,
              commit_id text not null,
              number integer not null,
              moment integer not null,
              main integer not null,
              current integer not null,
              deleted integer not null,
              display text,
              display_at integer,
              unique (prompt, commit_id)
            ) strict
            """,
            "create unique index version_current on version (prompt, number) where current = 1",
            // With the rowid that ends every index: the newest of several commits with one number comes first.
            "create index version_main on version (prompt, number) where main = 1",
            // On a slot's own line the clock may have gone back: the newest is the one that was written last.
            "create index version_number on version (prompt, number)",
            "create index version_moment on version (prompt, moment, number) where main = 1",
            "create index version_live on version (prompt, number) where current = 1 and deleted = 0",
            """
            create index version_display on version (prompt, display, display_at, number)
            where current = 1 and deleted = 0 and display is not null
            """,
            """
            create trigger version_counted after insert on version
            when new.current = 1 and new.deleted = 0 begin
              update prompt set live = live + 1 where id = new.prompt;
            end
            """,
            // No trigger counts deleted rows: versions go only with their prompt, which takes the counter along.
            """
            create trigger version_recounted after update of current, deleted on version
            when (old.current = 1 and old.deleted = 0) <> (new.current = 1 and new.deleted = 0) begin
              update prompt
              set live = live + (new.current = 1 and new.deleted = 0) - (old.current = 1 and old.deleted = 0)
              where id = new.prompt;
            end
            """,
            """
            create table displayed (
              prompt text not null,
              text text not null,
              at integer not null,
              number integer not null,
              primary key (prompt, text)
            ) strict, without rowid
            """,
            "create index displayed_at on displayed (prompt, at, number)",
            """
            create trigger version_displayed after insert on version
            when new.display is not null and new.current = 1 and new.deleted = 0 begin
              insert into displayed (prompt, text, at, number)
              values (new.prompt, new.display, new.display_at, new.number)
              on conflict (prompt, text) do update set at = excluded.at, number = excluded.number
              where (excluded.at, excluded.number) > (at, number);
            end
            """,
            """
            create trigger version_redisplayed after update of current, deleted, display, display_at on version
            when old.display is not null or new.display is not null begin
              delete from displayed where prompt = new.prompt and text in (old.display, new.display);
              insert into displayed (prompt, text, at, number)
              select prompt, display, display_at, number from version
              where prompt = new.prompt and display = old.display and current = 1 and deleted = 0
              order by display_at desc, number desc limit 1;
              insert into displayed (prompt, text, at, number)
              select prompt, display, display_at, number from version
              where prompt = new.prompt and display = new.display and new.display is not old.display
              and current = 1 and deleted = 0
              order by display_at desc, number desc limit 1;
            end
            """,
            """
            create table former (
              namespace text not null,
              name text not null,
              prompt text not null,
              lost_at integer not null,
              unique (prompt, name)
            ) strict
            """,
            "create index former_name on former (namespace, name, lost_at)",
            """
            create table released (
              prompt text not null,
              major integer not null,
              minor integer not null,
              patch integer not null,
              commit_id text not null,
              primary key (prompt, major, minor, patch)
            ) strict, without rowid
            """,
            "create index released_commit on released (prompt, commit_id, major, minor, patch)",
            """
            create table document (
              number integer primary key,
              name text not null,
              description text not null,
              tags text not null,
              text text not null
            ) strict
            """,
            "create table due (place integer primary key, number integer not null unique) strict",
            """
            create virtual table words using fts5 (
              name, about, text, content = '', contentless_delete = 1, tokenize = 'trigram case_sensitive 1')
            """,
            """
            create virtual table grams using fts5 (
              name, rest, content = '', contentless_delete = 1, tokenize = 'ascii', detail = column)
            """,
            """
            create trigger document_made after insert on document begin
              insert into due (number) values (new.number) on conflict do nothing;
            end
            """,
            """
            create trigger document_changed after update on document begin
              insert into due (number) values (new.number) on conflict do nothing;
            end
            """,
            """
            create trigger document_gone after delete on document begin
              delete from due where number = old.number;
              delete from words where rowid = old.number;
              delete from grams where rowid = old.number;
            end
            """,
            """
            create table trash (
              prompt text not null primary key,
              namespace text not null,
              name text not null,
              owner text not null,
              at integer not null,
              run integer not null
            ) strict, without rowid
            """,
            "create index trash_at on trash (at, prompt)",
            "create index trash_owner on trash (owner, at, prompt)",
            """
            create table trash_tally (owner text not null primary key, prompts integer not null) strict, without rowid
            """,
            "insert into trash_tally (owner, prompts) values ('', 0)",
            """
            create trigger trash_counted after insert on trash begin
              insert into trash_tally (owner, prompts) values (new.owner, 1), ('', 1)
              on conflict (owner) do update set prompts = prompts + 1;
            end
            """,
            """
            create trigger trash_uncounted after delete on trash begin
              update trash_tally set prompts = prompts - 1 where owner in (old.owner, '');
            end
            """,
            """
            create table receipt (
              scope text not null primary key,
              status integer not null,
              content_type text not null,
              body text not null,
              at integer not null
            ) strict
            """,
            "create index receipt_at on receipt (at)",
            "create table log (epoch text not null, dropped integer not null) strict",
            "insert into log (epoch, dropped) values (lower(hex(randomblob(8))), 0)",
            """
            create table event (
              number integer primary key autoincrement,
              at integer not null,
              kind text not null,
              prompt text not null,
              namespace text not null,
              name text not null,
              subject text,
              ref text,
              from_number integer,
              from_id text,
              to_number integer,
              to_id text,
              moment integer,
              message text,
              flag integer not null default 0
            ) strict
            """,
            "create index event_deletion on event (prompt, number) where kind = 'prompt.deleted'",
            "create index event_prompt on event (prompt)",
            "create table follower (name text not null primary key, number integer not null) strict, without rowid",
            """
            create table told (
              prompt text not null,
              ref text not null,
              id text not null,
              primary key (prompt, ref)
            ) strict, without rowid
            """,
            """
            create table pointer (
              prompt text not null,
              environment text not null,
              number integer not null,
              commit_id text not null,
              primary key (prompt, environment)
            ) strict, without rowid
            """,
            """
            create table delivery (
              number integer primary key autoincrement,
              id text not null unique,
              webhook text not null,
              prompt text not null,
              kind text not null,
              event integer not null,
              made_at integer not null,
              status text not null default 'pending',
              once integer not null,
              attempts integer not null default 0,
              first_at integer,
              due_at integer,
              body text not null
            ) strict
            """,
            "create index delivery_webhook on delivery (webhook, number)",
            "create unique index delivery_event on delivery (webhook, event) where event > 0",
            "create index delivery_due on delivery (webhook, once, due_at) where due_at is not null",
            """
            create index delivery_line on delivery (webhook, prompt, number) where status = 'pending' and once = 0
            """,
            """
            create table attempt (
              delivery integer not null,
              number integer not null,
              at integer not null,
              status integer,
              took integer not null,
              answer text not null,
              primary key (delivery, number)
            ) strict, without rowid
            """,
            "create table waiting (deliveries integer not null) strict",
            "insert into waiting (deliveries) values (0)",
            """
            create trigger delivery_made after insert on delivery when new.status = 'pending' begin
              update waiting set deliveries = deliveries + 1;
            end
            """,
            """
            create trigger delivery_changed after update of status on delivery when old.status <> new.status begin
              update waiting set deliveries = deliveries + (new.status = 'pending') - (old.status = 'pending');
            end
            """,
            """
            create trigger delivery_gone after delete on delivery begin
              delete from attempt where delivery = old.number;
              update waiting set deliveries = deliveries - (old.status = 'pending');
            end
            """,
            "pragma user_version = " + NUMBER);

    private Schema() {}
}
