package dev.versicle.catalog;

import dev.versicle.prompt.Delivery;
import dev.versicle.prompt.DeliveryQueue.Due;
import dev.versicle.prompt.DeliveryQueue.Letter;
import dev.versicle.prompt.PromptId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** A delivery and its place among all. */
record DeliveryRow(long number, Delivery delivery) {
    static DeliveryRow read(ResultSet row) throws SQLException {
        return new DeliveryRow(
                row.getLong("number"),
                new Delivery(
                        UUID.fromString(row.getString("id")),
                        row.getString("webhook"),
                        prompt(row),
                        row.getString("kind"),
                        row.getLong("event"),
                        Delivery.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
                        row.getInt("attempts"),
                        row.getObject("attempt") == null ? Optional.empty() : Optional.of(attempt(row)),
                        moment(row, "due_at")));
    }

    static Delivery.Attempt attempt(ResultSet row) throws SQLException {
        return new Delivery.Attempt(
                row.getInt("attempt"),
                Instant.ofEpochMilli(row.getLong("at")),
                Optional.ofNullable((Integer) row.getObject("answered")),
                Duration.ofMillis(row.getLong("took")),
                row.getString("answer"));
    }

    static Due due(ResultSet row) throws SQLException {
        Letter letter = new Letter(
                UUID.fromString(row.getString("id")),
                row.getString("webhook"),
                prompt(row),
                row.getString("kind"),
                row.getLong("event"),
                row.getString("body"));
        return new Due(letter, row.getInt("attempts"), moment(row, "first_at"), row.getBoolean("once"));
    }

    private static Optional<PromptId> prompt(ResultSet row) throws SQLException {
        return Optional.of(row.getString("prompt"))
                .filter(hex -> !hex.isEmpty())
                .map(PromptId::new);
    }

    private static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
        long milliseconds = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(milliseconds));
    }
}
