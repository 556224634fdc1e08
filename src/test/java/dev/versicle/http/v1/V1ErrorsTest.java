package dev.versicle.http.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.http.Dialect;
import dev.versicle.http.Failure;
import dev.versicle.prompt.BranchName;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.EnvironmentPlace;
import dev.versicle.prompt.MergeConflict;
import dev.versicle.prompt.ModelName;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.Right;
import dev.versicle.prompt.SemVer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every refusal has its status and its code. */
class V1ErrorsTest {
    private static final EnvironmentPlace PRODUCTION =
            new EnvironmentPlace(Namespace.DEFAULT, new EnvironmentName("production"));
    private static final PromptId PROMPT = PromptId.parse("5f7b1c2e8a1d4e0012c3b4a5");
    private static final ModelName MODEL = ModelName.parse("openai:gpt-4o");

    private final V1Errors errors = new V1Errors();

    static Stream<Arguments> problems() {
        return Stream.of(
                Arguments.of(new Problem.Unauthenticated(), 401, "UNAUTHORIZED"),
                Arguments.of(new Problem.Denied(PROMPT, Right.OWNER), 403, "FORBIDDEN"),
                Arguments.of(new Problem.Generated(PRODUCTION), 403, "FORBIDDEN"),
                Arguments.of(new Problem.Forbidden("this"), 403, "FORBIDDEN"),
                Arguments.of(new Problem.DeniedByName(List.of(new PromptName("a"))), 403, "FORBIDDEN"),
                Arguments.of(new Problem.ModelDenied(MODEL), 403, "FORBIDDEN"),
                Arguments.of(new Problem.PromptNotFound("a"), 404, "NOT_FOUND"),
                Arguments.of(new Problem.VersionNotFound(PROMPT, "9"), 404, "NOT_FOUND"),
                Arguments.of(new Problem.KeyNotFound("a"), 404, "NOT_FOUND"),
                Arguments.of(new Problem.WebhookNotFound("a"), 404, "NOT_FOUND"),
                Arguments.of(new Problem.DeliveryNotFound("a"), 404, "NOT_FOUND"),
                Arguments.of(new Problem.UnknownModel(MODEL), 404, "NOT_FOUND"),
                Arguments.of(new Problem.UnknownIntegration("a"), 404, "NOT_FOUND"),
                Arguments.of(new Problem.BadVersionId(), 422, "VALIDATION_ERROR"),
                Arguments.of(new Problem.Invalid("a", "is wrong"), 422, "VALIDATION_ERROR"),
                Arguments.of(new Problem.MissingVariables(new TreeSet<>(Set.of("a"))), 422, "VALIDATION_ERROR"),
                Arguments.of(new Problem.TooLarge("file", 5), 413, "PAYLOAD_TOO_LARGE"),
                Arguments.of(new Problem.NameTaken(new PromptName("a")), 409, "CONFLICT"),
                Arguments.of(new Problem.ReleaseExists(new SemVer(1, 0, 0)), 409, "CONFLICT"),
                Arguments.of(new Problem.Pinned(1, "release 1.0.0"), 409, "CONFLICT"),
                Arguments.of(new Problem.Contended(), 409, "CONFLICT"),
                Arguments.of(new Problem.UnderWay(), 409, "CONFLICT"),
                Arguments.of(new Problem.BranchNotFound(BranchName.MAIN), 404, "NOT_FOUND"),
                Arguments.of(new Problem.BranchTaken(BranchName.MAIN, new BranchName("main/x")), 409, "CONFLICT"),
                Arguments.of(new Problem.Unmergeable(BranchName.MAIN, "It cannot."), 409, "CONFLICT"),
                Arguments.of(new Problem.Stale(Optional.of(new CommitId("0".repeat(40)))), 412, "PRECONDITION_FAILED"),
                Arguments.of(new Problem.EnvironmentNotFound(new EnvironmentName("staging")), 404, "NOT_FOUND"),
                Arguments.of(new Problem.PreconditionRequired(), 428, "PRECONDITION_REQUIRED"),
                Arguments.of(new Problem.ProviderFailed(MODEL, "failed"), 502, "BAD_GATEWAY"),
                Arguments.of(new Problem.Busy("imports", 5), 429, "RATE_LIMITED"),
                Arguments.of(new Problem.RemoteFailed("failed"), 502, "BAD_GATEWAY"),
                Arguments.of(new Problem.Starting(), 503, "UNAVAILABLE"));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void everyProblemHasItsStatusAndCode(Problem problem, int status, String code) {
        Dialect.Answer answer = errors.answer(problem);
        V1Errors.Body body = (V1Errors.Body) answer.body();
        assertEquals(status + " " + code, answer.status() + " " + body.error());
        assertTrue(!body.message().isBlank());
    }

    @Test
    void conflictsAreToldBesideTheEnvelope() {
        MergeConflict conflict = new MergeConflict("a", MergeConflict.Kind.MODE, false, List.of(), true);
        Dialect.Answer answer = errors.answer(new Problem.Conflicts(BranchName.MAIN, List.of(conflict)));
        V1Branches.ConflictsJson body = (V1Branches.ConflictsJson) answer.body();
        assertEquals("409 CONFLICT {}", answer.status() + " " + body.error() + " " + body.details());
        assertEquals("a", body.conflicts().getFirst().path());
    }

    @Test
    void noProblemIsForgottenHere() {
        Set<Class<?>> tried = problems().map(row -> row.get()[0].getClass()).collect(Collectors.toSet());
        tried.add(Problem.Conflicts.class);
        assertEquals(Set.of(Problem.class.getPermittedSubclasses()), tried);
    }

    @Test
    void fieldsAreCalledAsTheyAreHere() {
        Map<String, String> names = Map.of("displayVersion", "display_version", "prompt", "text", "key", "tags");
        names.forEach((heart, here) -> {
            V1Errors.Body body = (V1Errors.Body)
                    errors.answer(new Problem.Invalid(heart, "is wrong")).body();
            assertEquals(Map.of(here, "is wrong"), body.details());
        });
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void everyFailureKeepsItsStatusAndHasACode(Failure failure) {
        Dialect.Answer answer = errors.answer(failure);
        assertEquals(failure.status(), answer.status());
        assertTrue(((V1Errors.Body) answer.body()).error().matches("[A-Z_]+"));
    }
}
