package dev.versicle.http.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.http.Dialect;
import dev.versicle.http.Failure;
import dev.versicle.prompt.BranchName;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.EnvironmentPlace;
import dev.versicle.prompt.ModelName;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.Right;
import dev.versicle.prompt.SemVer;
import java.util.List;
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

/** Every refusal has its status and one sentence on a line. */
class GitErrorsTest {
    private static final EnvironmentPlace PRODUCTION =
            new EnvironmentPlace(Namespace.DEFAULT, new EnvironmentName("production"));
    private static final PromptId PROMPT = PromptId.parse("5f7b1c2e8a1d4e0012c3b4a5");
    private static final ModelName MODEL = ModelName.parse("openai:gpt-4o");

    private final GitErrors errors = new GitErrors();

    static Stream<Arguments> problems() {
        return Stream.of(
                Arguments.of(new Problem.Unauthenticated(), 401),
                Arguments.of(new Problem.Denied(PROMPT, Right.UPDATE), 403),
                Arguments.of(new Problem.Generated(PRODUCTION), 403),
                Arguments.of(new Problem.Forbidden("this"), 403),
                Arguments.of(new Problem.DeniedByName(List.of(new PromptName("a"))), 403),
                Arguments.of(new Problem.ModelDenied(MODEL), 403),
                Arguments.of(new Problem.PromptNotFound("a"), 404),
                Arguments.of(new Problem.VersionNotFound(PROMPT, "9"), 404),
                Arguments.of(new Problem.KeyNotFound("a"), 404),
                Arguments.of(new Problem.WebhookNotFound("a"), 404),
                Arguments.of(new Problem.DeliveryNotFound("a"), 404),
                Arguments.of(new Problem.UnknownModel(MODEL), 404),
                Arguments.of(new Problem.UnknownIntegration("a"), 404),
                Arguments.of(new Problem.BadVersionId(), 400),
                Arguments.of(new Problem.Invalid("a", "is wrong"), 400),
                Arguments.of(new Problem.MissingVariables(new TreeSet<>(Set.of("a"))), 400),
                Arguments.of(new Problem.TooLarge("The request", 5), 413),
                Arguments.of(new Problem.NameTaken(new PromptName("a")), 409),
                Arguments.of(new Problem.ReleaseExists(new SemVer(1, 0, 0)), 409),
                Arguments.of(new Problem.Pinned(1, "release 1.0.0"), 409),
                Arguments.of(new Problem.Contended(), 409),
                Arguments.of(new Problem.UnderWay(), 409),
                Arguments.of(new Problem.Stale(Optional.empty()), 409),
                Arguments.of(new Problem.Busy("pushes", 5), 429),
                Arguments.of(new Problem.ProviderFailed(MODEL, "failed"), 502),
                Arguments.of(new Problem.RemoteFailed("failed"), 502),
                Arguments.of(new Problem.EnvironmentNotFound(new EnvironmentName("a")), 404),
                Arguments.of(new Problem.PreconditionRequired(), 428),
                Arguments.of(new Problem.BranchNotFound(BranchName.MAIN), 404),
                Arguments.of(new Problem.BranchTaken(BranchName.MAIN, BranchName.MAIN), 409),
                Arguments.of(new Problem.Conflicts(BranchName.MAIN, List.of()), 409),
                Arguments.of(new Problem.Unmergeable(BranchName.MAIN, "It cannot."), 409),
                Arguments.of(new Problem.Starting(), 503));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void everyProblemHasItsStatusAndASentence(Problem problem, int status) {
        Dialect.Answer answer = errors.answer(problem);

        assertEquals(status, answer.status());
        assertTrue(
                answer.body().toString().matches("[A-Za-z].*\\.\n"),
                answer.body().toString());
    }

    @Test
    void noProblemIsForgottenHere() {
        assertEquals(
                Set.of(Problem.class.getPermittedSubclasses()),
                problems().map(row -> row.get()[0].getClass()).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void everyFailureKeepsItsStatusAndHasASentence(Failure failure) {
        Dialect.Answer answer = errors.answer(failure);

        assertEquals(failure.status(), answer.status());
        assertTrue(answer.body().toString().matches("[A-Z].*\\.\n"));
    }
}
