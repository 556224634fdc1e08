package dev.versicle.bench;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Everything that is measured, by the name of its row, in the order of the table. */
enum Subject {
    EMPTY_ROUTE("empty JSON route"),
    RAW_FILE("raw durable file"),
    CHECKPOINT("checkpoint"),
    CHECKPOINT_ON_ONE_PROMPT("checkpoint, all on one prompt"),
    CHECKPOINT_UNCHANGED("checkpoint, nothing changed"),
    READ_CACHED("read by id, cached"),
    READ_UNCACHED("read by id, uncached"),
    READ_NOT_MODIFIED("read by id, 304"),
    READ_V1_ID("v1: read by commit id, cached"),
    READ_V1_ENVIRONMENT("v1: read by environment, cached"),
    PROMOTION_HEARD("v1: promotion, until the change stream tells it"),
    LIST("list of 20 versions"),
    EDIT("edit of metadata"),
    GIT_CLI("git CLI: checkpoint"),
    CLONE("git clone of 1,000 versions"),
    CLONE_BACKEND("git clone of 1,000 versions, from git http-backend"),
    LS_REMOTE("git ls-remote"),
    LS_REMOTE_BACKEND("git ls-remote, from git http-backend"),
    TREE_WRITE("inside: tree, write"),
    TREE_READ("inside: tree, read"),
    COMMIT_WRITE("inside: commit message, write"),
    COMMIT_READ("inside: commit message, read"),
    NOTE_WRITE("inside: note, write"),
    NOTE_READ("inside: note, read"),
    CELLAR_CHECKPOINT("inside: checkpoint"),
    CELLAR_READ_CACHED("inside: read by id, cached"),
    CELLAR_READ_UNCACHED("inside: read by id, uncached"),
    VERSIONS_READ("versions: read by id"),
    VERSIONS_LIST("versions: first page"),
    VERSIONS_DOCUMENT("versions: prompt document"),
    VERSIONS_CHECKPOINT("versions: checkpoint"),
    PROMPTS_READ("prompts: read by id"),
    PROMPTS_LIST("prompts: first page"),
    PROMPTS_DOCUMENT("prompts: prompt document"),
    PROMPTS_CHECKPOINT("prompts: checkpoint"),
    PROMPTS_CREATE("prompts: create"),
    ENVIRONMENT_MOVE("environment's repository: move");

    private final String text;

    Subject(String text) {
        this.text = text;
    }

    @JsonValue
    String text() {
        return text;
    }

    /** As the benchmarks from inside name their methods: {@code treeWrite} is {@link #TREE_WRITE}. */
    static Subject ofMethod(String method) {
        return valueOf(method.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT));
    }
}
