package dev.versicle.http.v1;

import dev.versicle.http.ETags;
import dev.versicle.http.v1.V1Versions.Missed;
import dev.versicle.http.v1.V1Versions.VersionJson;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.CheckpointResult;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.Draft;
import dev.versicle.prompt.Expected;
import dev.versicle.prompt.Patch;
import dev.versicle.prompt.Pointers;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Prompts;
import dev.versicle.prompt.Right;
import dev.versicle.prompt.Version;
import dev.versicle.prompt.VersionRef;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Saves versions, and tells who was too late what they missed. */
@Singleton
final class VersionSaver {
    private final Prompts prompts;
    private final VersionReader reader;

    VersionSaver(Prompts prompts, VersionReader reader) {
        this.prompts = prompts;
        this.reader = reader;
    }

    /** Saves; 412 with the latest version, and the way to it, where that is not the expected one. */
    HttpResponse<?> save(Caller caller, PromptId id, Draft draft, Expected expected) {
        draft.release().ifPresent(release -> prompts.require(caller, id, Right.OWNER));
        return save(caller, id, expected, () -> prompts.checkpoint(caller, id, draft, expected));
    }

    /** Does what makes a version, with the same answers. */
    HttpResponse<?> save(Caller caller, PromptId id, Expected expected, Supplier<CheckpointResult> work) {
        try {
            return saved(caller, work.get());
        } catch (PromptException e) {
            if (e.problem() instanceof Problem.Stale stale) {
                return missed(caller, id, stale, expected);
            }
            throw e;
        }
    }

    /** 201 with the new version, or 200 with the latest, which is what was to be saved. */
    HttpResponse<VersionJson> saved(Caller caller, CheckpointResult result) {
        Version version = result.version();
        Pointers pointers = reader.pointers(caller, version);
        VersionJson json = reader.json(caller, version, pointers);
        return switch (result) {
            case CheckpointResult.Saved ignored ->
                HttpResponse.created(json.saved(false)).header(HttpHeaders.ETAG, ETags.of(version, pointers.all()));
            case CheckpointResult.Unchanged ignored ->
                HttpResponse.ok(json.saved(true)).header(HttpHeaders.ETAG, ETags.of(version, pointers.all()));
        };
    }

    private HttpResponse<Missed> missed(Caller caller, PromptId id, Problem.Stale stale, Expected expected) {
        V1Errors.Body refusal = V1Errors.stale();
        Optional<VersionRef> latest = stale.latest().map(CommitId::hex).map(VersionRef.Id::new);
        Missed missed = new Missed(
                refusal.error(),
                refusal.message(),
                refusal.details(),
                latest.map(ref -> reader.json(caller, prompts.version(caller, id, ref))),
                latest.flatMap(ref -> diff(caller, id, expected, ref)));
        return HttpResponse.<Missed>status(HttpStatus.PRECONDITION_FAILED).body(missed);
    }

    /** From the first of the named commits that there is. */
    private Optional<String> diff(Caller caller, PromptId id, Expected expected, VersionRef latest) {
        return expected.stamps().stream()
                .flatMap(stamp -> known(caller, id, stamp))
                .findFirst()
                .map(seen -> Patch.of(prompts.diff(caller, id, seen, latest)));
    }

    private Stream<VersionRef> known(Caller caller, PromptId id, Expected.Stamp stamp) {
        VersionRef ref = new VersionRef.Id(stamp.commit());
        try {
            prompts.version(caller, id, ref);
            return Stream.of(ref);
        } catch (PromptException e) {
            if (e.problem() instanceof Problem.VersionNotFound) {
                return Stream.empty();
            }
            throw e;
        }
    }
}
