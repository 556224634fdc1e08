package dev.versicle.catalog;

import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.DisplayVersion;
import dev.versicle.prompt.Prompt;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptIndex;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Reads rows of the tables as the heart's values. */
final class Rows {
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
                new Prompt.Counts(row.getInt("latest"), row.getInt("live")),
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
}
