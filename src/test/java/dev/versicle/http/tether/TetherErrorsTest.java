package dev.versicle.http.tether;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.versicle.http.Dialect;
import dev.versicle.http.Failure;
import dev.versicle.prompt.BranchName;
import dev.versicle.prompt.CommitId;
import dev.versicle.prompt.EnvironmentName;
import dev.versicle.prompt.EnvironmentPlace;
import dev.versicle.prompt.ModelName;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.Right;
import dev.versicle.prompt.SemVer;
import java.util.Arrays;
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

final class TetherErrorsTest {
    private static final EnvironmentPlace PRODUCTION =
            new EnvironmentPlace(Namespace.DEFAULT, new EnvironmentName("production"));
    private static final PromptId PROMPT = PromptId.parse("5f7b1c2e8a1d4e0012c3b4a5");

    private final TetherErrors errors = new TetherErrors();

    static Stream<Arguments> problems() {
        return Stream.of(
                Arguments.of(new Problem.Unauthenticated(), 401, "Authentication required"),
                Arguments.of(new Problem.Denied(PROMPT, Right.UPDATE), 403, "Access denied"),
                Arguments.of(new Problem.DeniedByName(List.of(new PromptName("a"))), 403, "Access denied"),
                Arguments.of(new Problem.UnknownModel(new ModelName("a", "b")), 404, "Model not found"),
                Arguments.of(new Problem.ModelDenied(new ModelName("a", "b")), 403, "Access denied"),
                Arguments.of(new Problem.Pinned(3, "release 1.0.0"), 409, "Version in use"),
                Arguments.of(new Problem.Generated(PRODUCTION), 403, "Access denied"),
                Arguments.of(new Problem.Forbidden("creating prompts"), 403, "Access denied"),
                Arguments.of(new Problem.PromptNotFound("x"), 404, "Prompt not found"),
                Arguments.of(new Problem.VersionNotFound(PROMPT, "7"), 404, "Version not found"),
                Arguments.of(new Problem.BadVersionId(), 400, "Invalid version id"),
                Arguments.of(new Problem.Invalid("title", "must be a string"), 400, "Invalid request"),
                Arguments.of(new Problem.TooLarge("file", 5), 413, "Request too large"),
                Arguments.of(new Problem.NameTaken(new PromptName("a")), 409, "Name taken"),
                Arguments.of(new Problem.ReleaseExists(new SemVer(1, 2, 3)), 409, "Release exists"),
                Arguments.of(new Problem.UnknownIntegration("a"), 404, "Integration not found"),
                Arguments.of(
                        new Problem.ProviderFailed(new ModelName("a", "b"), "could not be reached"),
                        502,
                        "Provider failed"),
                Arguments.of(new Problem.RemoteFailed("failed"), 502, "Remote failed"),
                Arguments.of(new Problem.Stale(Optional.of(new CommitId("a".repeat(40)))), 412, "Version changed"),
                Arguments.of(new Problem.Contended(), 409, "Conflict"),
                Arguments.of(new Problem.UnderWay(), 409, "Conflict"),
                Arguments.of(new Problem.Starting(), 503, "Index not ready"),
                Arguments.of(new Problem.MissingVariables(new TreeSet<>(List.of("a"))), 400, "Invalid request"),
                Arguments.of(new Problem.Busy("imports", 5), 429, "Too many requests"),
                Arguments.of(new Problem.EnvironmentNotFound(new EnvironmentName("a")), 404, "Environment not found"),
                Arguments.of(new Problem.PreconditionRequired(), 428, "Precondition required"),
                Arguments.of(new Problem.BranchNotFound(BranchName.MAIN), 404, "Branch not found"),
                Arguments.of(new Problem.BranchTaken(BranchName.MAIN, BranchName.MAIN), 409, "Branch exists"),
                Arguments.of(new Problem.Conflicts(BranchName.MAIN, List.of()), 409, "Conflict"),
                Arguments.of(new Problem.Unmergeable(BranchName.MAIN, "It cannot."), 409, "Conflict"),
                Arguments.of(new Problem.KeyNotFound("a"), 404, "Key not found"),
                Arguments.of(new Problem.WebhookNotFound("a"), 404, "Webhook not found"),
                Arguments.of(new Problem.DeliveryNotFound("a"), 404, "Delivery not found"));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void everyProblemHasItsStatusAndItsWords(Problem problem, int status, String error) {
        Dialect.Answer answer = errors.answer(problem);
        assertEquals(status, answer.status());
        TetherErrors.Body body = assertInstanceOf(TetherErrors.Body.class, answer.body());
        assertEquals(error, body.error());
        assertFalse(body.details().isBlank());
    }

    @Test
    void noProblemIsForgottenHere() {
        Set<Class<?>> tried = problems().map(row -> row.get()[0].getClass()).collect(Collectors.toUnmodifiableSet());
        assertEquals(
                Arrays.stream(Problem.class.getPermittedSubclasses()).collect(Collectors.toUnmodifiableSet()), tried);
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void everyFailureKeepsItsStatusAndHasWords(Failure failure) {
        Dialect.Answer answer = errors.answer(failure);
        assertEquals(failure.status(), answer.status());
        TetherErrors.Body body = assertInstanceOf(TetherErrors.Body.class, answer.body());
        assertEquals(failure.title(), body.error());
        assertEquals(failure.sentence(), body.details());
    }

    @Test
    void anInvalidFieldIsNamedWithItsRule() {
        Dialect.Answer answer = errors.answer(new Problem.Invalid("label", "must be at most 200 characters"));
        assertEquals(new TetherErrors.Body("Invalid request", "label must be at most 200 characters."), answer.body());
    }
}
