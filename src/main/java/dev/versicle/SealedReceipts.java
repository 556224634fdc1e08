package dev.versicle;

import dev.versicle.git.Seal;
import dev.versicle.prompt.Receipts;
import java.time.Instant;
import java.util.Optional;

/** Keeps answers under the seal: that to a request for an API key holds the key. */
record SealedReceipts(Receipts kept, Seal seal) implements Receipts {
    @Override
    public Optional<Receipt> find(String scope, Instant now) {
        return kept.find(scope, now)
                .flatMap(receipt -> seal.openText(scope, receipt.body())
                        .map(body -> new Receipt(receipt.status(), receipt.contentType(), body)));
    }

    @Override
    public void keep(String scope, Receipt receipt, Instant now) {
        String sealed = seal.closeText(scope, receipt.body());
        kept.keep(scope, new Receipt(receipt.status(), receipt.contentType(), sealed), now);
    }
}
