package dev.versicle.http.v1;

import dev.versicle.http.ETags;
import dev.versicle.http.v1.V1Versions.Log;
import dev.versicle.http.v1.V1Versions.VersionJson;
import dev.versicle.prompt.Caller;
import dev.versicle.prompt.Page;
import dev.versicle.prompt.Pointers;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptPackage;
import dev.versicle.prompt.Prompts;
import dev.versicle.prompt.Version;
import dev.versicle.prompt.VersionRef;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads versions with all that is told of them: what points to them, and which files are in them. */
@Singleton
final class VersionReader {
    /** How long the texts of one part of the history may be together, in characters; it ends early beyond that. */
    static final int LOG_CHARACTERS_MAX = 4 << 20;

    /** How many versions are read before their length is looked at. */
    private static final int LOG_STEP = 4;

    private final Prompts prompts;

    VersionReader(Prompts prompts) {
        this.prompts = prompts;
    }

    /** The version; as it was at a moment, where one is given. */
    Version version(Caller caller, PromptId id, VersionRef ref, Optional<Instant> at) {
        return at.map(moment -> prompts.version(caller, id, ref, moment))
                .orElseGet(() -> prompts.version(caller, id, ref));
    }

    Pointers pointers(Caller caller, Version version) {
        return prompts.pointers(caller, version.prompt(), version.commit());
    }

    /** The version; 304 where the client has it already. */
    HttpResponse<VersionJson> answer(Caller caller, Version version, HttpHeaders headers) {
        Pointers pointers = pointers(caller, version);
        return Conditional.answer(headers, ETags.of(version, pointers.all()), () -> json(caller, version, pointers));
    }

    VersionJson json(Caller caller, Version version) {
        return json(caller, version, pointers(caller, version));
    }

    VersionJson json(Caller caller, Version version, Pointers pointers) {
        List<PromptPackage.Entry> files = prompts.files(caller, version);
        return VersionJson.of(version, pointers, files);
    }

    /** A version with what points to it. */
    record Pointed(Version version, Pointers pointers) {}

    /** A part of the history, before its files are looked at; {@code next} is where to go on. */
    record Stretch(List<Pointed> items, Optional<String> next) {
        Stretch {
            items = List.copyOf(items);
        }

        String etag() {
            return ETags.ofFacts(
                    items.stream()
                            .map(item ->
                                    ETags.of(item.version(), item.pointers().all()))
                            .toList(),
                    next);
        }
    }

    /** The live versions with numbers below {@code below}, newest first: at most {@code limit}, fewer where long. */
    Stretch log(Caller caller, PromptId id, int below, int limit) {
        requireLimit(limit);
        List<Pointed> items = new ArrayList<>();
        long characters = 0;
        int next = below;
        boolean more = true;
        while (more && items.size() < limit && characters < LOG_CHARACTERS_MAX) {
            int step = Math.min(LOG_STEP, limit - items.size());
            List<Version> read = prompts.log(caller, id, next, step);
            read.forEach(version -> items.add(new Pointed(version, pointers(caller, version))));
            characters +=
                    read.stream().mapToLong(version -> version.text().length()).sum();
            next = read.isEmpty() ? next : read.getLast().number();
            more = read.size() == step;
        }
        boolean follows = more && !prompts.log(caller, id, next, 1).isEmpty();
        return new Stretch(items, follows ? Optional.of(Cursor.below(next)) : Optional.empty());
    }

    Log json(Caller caller, Stretch log) {
        return new Log(
                log.items().stream()
                        .map(item -> json(caller, item.version(), item.pointers()))
                        .toList(),
                log.next());
    }

    private static void requireLimit(int limit) {
        if (limit < 1 || limit > Page.Window.LIMIT_MAX) {
            throw V1Json.invalid("limit", "must be from 1 to " + Page.Window.LIMIT_MAX);
        }
    }
}
