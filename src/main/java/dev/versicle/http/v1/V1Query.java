package dev.versicle.http.v1;

import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.Search;
import io.micronaut.http.HttpParameters;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what stands in queries. */
final class V1Query {
    private V1Query() {}

    /** {@code ?q=&namespace=&folder=}: by default everything. */
    static Search search(HttpParameters query) {
        return new Search(
                text(query, "q").orElse(""), text(query, "namespace").map(Namespace::new), text(query, "folder"));
    }

    private static Optional<String> text(HttpParameters query, String name) {
        return Optional.ofNullable(query.get(name));
    }

    /** {@code ?limit=&offset=}: by default the first 20. */
    static Page.Part part(@Nullable Integer limit, @Nullable Integer offset) {
        return new Page.Part(offset == null ? 0 : offset, limit(limit));
    }

    static int limit(@Nullable Integer limit) {
        return limit == null ? Page.Window.LIMIT_DEFAULT : limit;
    }

    /** {@code ?at=}. */
    static Optional<Instant> at(@Nullable String at) {
        return Optional.ofNullable(at).map(text -> V1Json.instant("at", text));
    }
}
