package dev.versicle.http.orkes;

import dev.versicle.prompt.Draft;
import dev.versicle.prompt.ModelName;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.VersionRef;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpParameters;
import io.micronaut.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What Orkes' clients say beside the body: in the query, and by what they are. */
final class OrkesQuery {
    static final int MODELS_MAX = 100;

    private static final String DESCRIPTION = "description";
    private static final String VERSION = "version";
    private static final String AUTO_INCREMENT = "autoIncrement";
    private static final String MODELS = "models";

    /** How the HTTP library of the Java SDK names itself; none of the SDKs that send JSON strings is built on it. */
    private static final String JAVA_SDK = "okhttp/";

    private final HttpParameters parameters;
    private final HttpHeaders headers;

    OrkesQuery(HttpRequest<?> request) {
        parameters = request.getParameters();
        headers = request.getHeaders();
    }

    /** Whether the client never puts a text into quotes, so that those around it are its own. */
    boolean quotesNothing() {
        return headers.findFirst(HttpHeaders.USER_AGENT)
                .filter(agent -> agent.startsWith(JAVA_SDK))
                .isPresent();
    }

    /** The description, which must be there; it may be blank. */
    String description() {
        return text(DESCRIPTION).orElseThrow(() -> invalid(DESCRIPTION, "is required"));
    }

    /** Each {@code integration:model} once. */
    SortedSet<ModelName> models() {
        return models(parameters.getAll(MODELS));
    }

    static SortedSet<ModelName> models(List<String> names) {
        if (names.size() > MODELS_MAX) {
            throw invalid(MODELS, "must be at most " + MODELS_MAX);
        }
        return names.stream().map(ModelName::parse).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The slot of a {@code POST}. */
    Draft.Slot slot() {
        if (autoIncrement()) {
            return new Draft.Slot.Next();
        }
        // Seed 003: without version and autoIncrement the call overwrites version 1. Surprising, but it is the
        // contract.
        return new Draft.Slot.Exactly(version().orElse(1));
    }

    /** The slot of a {@code PUT}. */
    Draft.Slot slotInPlace() {
        return version().<Draft.Slot>map(Draft.Slot.InPlace::new).orElseGet(Draft.Slot.LatestInPlace::new);
    }

    /** The version that is asked for; the latest where none is named. */
    VersionRef ref() {
        return version().<VersionRef>map(VersionRef.Numbered::new).orElseGet(VersionRef.Latest::new);
    }

    /** A version's number as a path or a query has it. */
    static int number(String text) {
        try {
            return inRange(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw invalid(VERSION, "must be a whole number from 1 to " + Draft.NUMBER_MAX);
        }
    }

    static int inRange(int number) {
        if (number < 1 || number > Draft.NUMBER_MAX) {
            throw invalid(VERSION, "must be from 1 to " + Draft.NUMBER_MAX);
        }
        return number;
    }

    private boolean autoIncrement() {
        return switch (text(AUTO_INCREMENT).orElse("false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(AUTO_INCREMENT, "must be true or false");
        };
    }

    private Optional<Integer> version() {
        return text(VERSION).map(OrkesQuery::number);
    }

    private Optional<String> text(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    private static PromptException invalid(String field, String rule) {
        return new PromptException(new Problem.Invalid(field, rule));
    }
}
