package dev.versicle.catalog;

import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Environment;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Prompt;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.Receipts;
import dev.versicle.prompt.SemVer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Reads rows of the tables as the heart's values. */
final class Rows {
    /** Some 140,000 years: in milliseconds, with {@link Recording}'s room behind them, it is still a long. */
    private static final long SECONDS_MAX = 4_398_046_511L;

    private Rows() {}

    static PromptId id(ResultSet row) throws SQLException {
        return new PromptId(row.getString(1));
    }

    static PromptIndex.PromptEntry entry(ResultSet row) throws SQLException {
        return new PromptIndex.PromptEntry(
                new PromptIndex.Tips(
                        row.getString("main"),
                        row.getString("notes"),
                        row.getString("settings"),
                        row.getString("draft")),
                Optional.ofNullable(row.getString("environments")),
                new Prompt.Counts(row.getInt("latest"), row.getInt("live"), row.getLong("downloads")),
                Instant.ofEpochMilli(row.getLong("updated_at")));
    }

    static PromptIndex.VersionEntry version(ResultSet row) throws SQLException {
        Instant displayAt = Instant.ofEpochMilli(row.getLong("display_at"));
        return new PromptIndex.VersionEntry(
                row.getInt("number"),
                new CommitId(row.getString("commit_id")),
                Instant.ofEpochMilli(row.getLong("moment")),
                new PromptIndex.Standing(row.getBoolean("main"), row.getBoolean("current"), row.getBoolean("deleted")),
                Optional.ofNullable(row.getString("display"))
                        .map(text -> new PromptIndex.Displayed(new DisplayVersion(text), displayAt)));
    }

    static SemVer release(ResultSet row) throws SQLException {
        return new SemVer(row.getInt("major"), row.getInt("minor"), row.getInt("patch"));
    }

    static DisplayVersion displayVersion(ResultSet row) throws SQLException {
        return new DisplayVersion(row.getString(1));
    }

    static PromptIndex.ReleaseEntry releaseEntry(ResultSet row) throws SQLException {
        return new PromptIndex.ReleaseEntry(release(row), version(row));
    }

    static PromptIndex.Trashed trashed(ResultSet row) throws SQLException {
        return new PromptIndex.Trashed(
                id(row),
                new Namespace(row.getString("namespace")),
                new PromptName(row.getString("name")),
                row.getString("owner"),
                Instant.ofEpochMilli(row.getLong("at")));
    }

    static PromptIndex.Pointed pointed(ResultSet row) throws SQLException {
        return new PromptIndex.Pointed(
                id(row),
                new PromptName(row.getString("name")),
                new Environment.Target(row.getInt("number"), new CommitId(row.getString("commit_id"))));
    }

    static Receipts.Receipt receipt(ResultSet row) throws SQLException {
        return new Receipts.Receipt(row.getInt("status"), row.getString("content_type"), row.getString("body"));
    }

    /** A moment as the tables have it; one too far away to be told so is the farthest that can. */
    static long milliseconds(Instant moment) {
        long seconds = Math.clamp(moment.getEpochSecond(), -SECONDS_MAX, SECONDS_MAX);
        return seconds * 1_000 + moment.getNano() / 1_000_000;
    }
}
