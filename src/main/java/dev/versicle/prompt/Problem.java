package dev.versicle.prompt;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** Why a request was refused, in the field's terms; each dialect has its own words and status for every case. */
public sealed interface Problem {
    /** Nobody is known to be asking, or the token does not hold. */
    record Unauthenticated() implements Problem {}

    /** The prompt exists, and the caller lacks {@code right} on it. */
    record Denied(PromptId prompt, Right right) implements Problem {}

    /** The caller's roles do not allow {@code what}, whatever the prompt. */
    record Forbidden(String what) implements Problem {}

    /** Nobody writes to the repository of an environment: it follows the moves of the prompts' own. */
    record Generated(EnvironmentPlace place) implements Problem {}

    record PromptNotFound(String id) implements Problem {}

    record VersionNotFound(PromptId prompt, String ref) implements Problem {}

    /** What was given as a version's id cannot be one: an id is 24 to 40 hex digits. */
    record BadVersionId() implements Problem {}

    /** {@code field} breaks {@code rule}, which reads on from the field's name: "must be …". */
    record Invalid(String field, String rule) implements Problem {}

    record TooLarge(String what, long bytesMax) implements Problem {}

    /** The caller may not write these prompts. */
    record DeniedByName(List<PromptName> names) implements Problem {}

    /** There is no such integration, or it has no such model. */
    record UnknownModel(ModelName model) implements Problem {}

    /** There is no integration of this name that the caller may read. */
    record UnknownIntegration(String name) implements Problem {}

    /** The provider was asked and gave no answer; {@code what} says it of the provider: "did not answer in time". */
    record ProviderFailed(ModelName model, String what) implements Problem {}

    /**
     * Another server was asked for a history and gave none; {@code what} says it of that: "answered with status 500".
     */
    record RemoteFailed(String what) implements Problem {}

    /** As many {@code what} ("imports") are under way as may be; trying again in so many seconds is safe. */
    record Busy(String what, int seconds) implements Problem {}

    /** The caller may not use the model. */
    record ModelDenied(ModelName model) implements Problem {}

    /** The version cannot be deleted: {@code by} points to it. */
    record Pinned(int number, String by) implements Problem {}

    record NameTaken(PromptName name) implements Problem {}

    record ReleaseExists(SemVer release) implements Problem {}

    /** The prompt has no such environment. */
    record EnvironmentNotFound(EnvironmentName name) implements Problem {}

    /** What is to be replaced is there, and the caller did not say what of it was seen. */
    record PreconditionRequired() implements Problem {}

    /** What the caller had seen is no longer what is there; {@code latest} is the commit that is, if any. */
    record Stale(Optional<CommitId> latest) implements Problem {}

    /** The write lost its race too often; trying again is safe. */
    record Contended() implements Problem {}

    /** The same request is under way already; its answer can be had under the same key when it is there. */
    record UnderWay() implements Problem {}

    /** The index is being made anew, so that names are not all known yet; trying again soon is safe. */
    record Starting() implements Problem {}

    /** A text has places for these variables, and no values came for them. */
    record MissingVariables(SortedSet<String> names) implements Problem {}

    /** There is no such key that the caller may see. */
    record KeyNotFound(String id) implements Problem {}

    /** There is no such subscription that the caller may see. */
    record WebhookNotFound(String id) implements Problem {}

    /** The subscription has no such delivery, or not any more. */
    record DeliveryNotFound(String id) implements Problem {}

    record BranchNotFound(BranchName branch) implements Problem {}

    /** The branch cannot be made: {@code by} is there, which is the same or has its name for a directory. */
    record BranchTaken(BranchName branch, BranchName by) implements Problem {}

    /** Both sides changed these files, and only a person can tell what they shall be. */
    record Conflicts(BranchName branch, List<MergeConflict> conflicts) implements Problem {
        public Conflicts {
            conflicts = List.copyOf(conflicts);
        }
    }

    /** The branch cannot be merged at all; {@code why} is a sentence. */
    record Unmergeable(BranchName branch, String why) implements Problem {}
}
