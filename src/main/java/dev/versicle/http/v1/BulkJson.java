package dev.versicle.http.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Transfers.Listed;
import dev.versicle.prompt.Transfers.Selection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The words of bulk transfers on the wire. */
final class BulkJson {
    private BulkJson() {}

    /** One prompt of an import. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @JsonPropertyOrder({"id", "namespace", "name", "outcome", "error"})
    record Line(
            String id,
            String namespace,
            String name,
            String outcome,
            @Nullable String error) {
        static Line of(Listed prompt, String outcome, Optional<String> error) {
            return new Line(
                    prompt.id().hex(), prompt.namespace().text(), prompt.name().text(), outcome, error.orElse(null));
        }
    }

    /** The last line of an import; {@code done} says whether the archive was read to its end. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    @JsonPropertyOrder({"done", "imported", "exists", "refused", "error"})
    record Total(
            boolean done,
            int imported,
            int exists,
            int refused,
            @Nullable String error) {}

    static Selection selection(Caller caller, @Nullable String namespace, List<String> ids) {
        if (ids.isEmpty()) {
            return new Selection.Whole(namespace == null ? caller.namespace() : new Namespace(namespace));
        }
        if (namespace != null) {
            throw new PromptException(new Problem.Invalid("namespace", "must not be given with ids"));
        }
        return new Selection.These(ids.stream().map(PromptId::parse).toList());
    }
}
