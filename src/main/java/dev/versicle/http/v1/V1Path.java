package dev.versicle.http.v1;

import dev.versicle.http.RawPath;
import dev.versicle.prompt.BranchName;
import dev.versicle.prompt.Namespace;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptName;
import dev.versicle.prompt.SemVer;
import dev.versicle.prompt.VersionRef;
import io.micronaut.http.HttpRequest;

/**
 * What the paths below {@code /v1/prompts} name. Where a prompt's id and its owner's name could stand in one place, the
 * id's shape decides: no namespace looks like an id.
 */
final class V1Path {
    static final String PROMPTS = V1Errors.PATH + "/prompts";

    private static final String HEX = "[0-9a-f]";
    private static final String HEX_6 = HEX + HEX + HEX + HEX + HEX + HEX;
    private static final String HEX_24 = HEX_6 + HEX_6 + HEX_6 + HEX_6;

    /** A prompt by its id. Braces around a number of digits would end the variable. */
    static final String ID = "/{id:" + HEX_24 + "}";

    /** A prompt by its name; each part is one percent-encoded segment. */
    static final String NAMED = "/{owner:(?!" + HEX_24 + "/)[^/]+}/{name:[^/]+}";

    static final String VERSIONS = "/versions";

    /** A version, however it is written. */
    static final String REV = VERSIONS + "/{rev:[^/]+}";

    static final String RELEASE = VERSIONS + "/{version:[^/]+}";

    private static final int OWNER_AT = 2;
    private static final int NAME_AT = 3;
    private static final int REV_AT = 4;
    private static final int BRANCH_AT = 4;
    private static final int RELEASE_AT = 5;
    private static final int FILE_AT = 6;

    private final RawPath path;

    private V1Path(RawPath path) {
        this.path = path;
    }

    static V1Path of(HttpRequest<?> request) {
        return new V1Path(RawPath.of(request));
    }

    /** Where a prompt may be found. */
    record Place(Namespace owner, PromptName name) {}

    /** The place {@code {owner}/{name}}; one that cannot be is as unknown as one where nothing is. */
    Place place() {
        String owner = path.segment("owner", OWNER_AT);
        String name = path.segment("name", NAME_AT);
        try {
            return new Place(new Namespace(owner), new PromptName(name));
        } catch (PromptException e) {
            throw new PromptException(new Problem.PromptNotFound(owner + "/" + name));
        }
    }

    /** What follows {@code {owner}/{name}}, as it was sent. */
    String belowPlace() {
        return String.join(
                "", path.segments().stream().skip(NAME_AT + 1L).map("/"::concat).toList());
    }

    /** The version {@code /{id}/versions/{rev}}. */
    VersionRef rev() {
        return new VersionRef.Written(path.segment("rev", REV_AT));
    }

    /** The release {@code /{owner}/{name}/versions/{version}}. */
    SemVer release() {
        return SemVer.parse(path.segment("version", RELEASE_AT));
    }

    /** The branch {@code /{id}/branches/{name}}. */
    BranchName branch() {
        return BranchBodies.branchName("name", path.below("name", BRANCH_AT));
    }

    /** The file {@code /{id}/versions/{rev}/files/{path}}. */
    String file() {
        return path.below("path", FILE_AT);
    }
}
