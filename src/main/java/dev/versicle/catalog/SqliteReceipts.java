package dev.versicle.catalog;

import dev.versicle.prompt.Receipts;
import java.time.Instant;
import java.util.Optional;

/** Keeps receipts in the catalog's file; each one that is kept lets a few old ones go. */
final class SqliteReceipts implements Receipts {
    private final Sessions sessions;

    SqliteReceipts(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Optional<Receipt> find(String scope, Instant now) {
        return sessions.read(session -> session.first(Query.RECEIPT, Rows::receipt, scope, tooOld(now)));
    }

    @Override
    public void keep(String scope, Receipt receipt, Instant now) {
        sessions.write(session -> {
            session.run(Query.DROP_OLD_RECEIPTS, tooOld(now));
            session.run(
                    Query.KEEP_RECEIPT,
                    scope,
                    receipt.status(),
                    receipt.contentType(),
                    receipt.body(),
                    Rows.milliseconds(now),
                    tooOld(now));
        });
    }

    private static long tooOld(Instant now) {
        return Rows.milliseconds(now.minus(KEPT));
    }
}
