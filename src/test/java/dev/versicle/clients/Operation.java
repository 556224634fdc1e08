package dev.versicle.clients;

/** What each client is asked to do; the order and the names are those of the README's table. */
enum Operation {
    LS_REMOTE("ls-remote"),
    CLONE("clone, with all tags"),
    DEPTH_1("clone of depth 1, without tags"),
    DEEPEN("deepen"),
    SINGLE_TAG("fetch of one tag"),
    BY_ID("fetch of a commit by its id"),
    INCREMENTAL("fetch of 10 new versions"),
    NOTES("fetch of the notes"),
    MANY_TAGS("clone of 10,000 tags"),
    EMPTY("clone of an empty prompt"),
    FIRST_PUSH("push of the first version"),
    PUSH("push of a version"),
    REFUSED_PUSH("a refused push, with the reason"),
    ATOMIC("`--atomic` push");

    private final String text;

    Operation(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }

    /**
     * Has the client do it; the judge is {@code git}, in the clone and in the server's own repository. What goes wrong
     * is an {@link AssertionError}.
     */
    void on(Stage stage) {
        switch (this) {
            case LS_REMOTE -> Fetching.list(stage);
            case CLONE -> Fetching.whole(stage);
            case DEPTH_1 -> Fetching.shallow(stage);
            case DEEPEN -> Fetching.deepened(stage);
            case SINGLE_TAG -> Fetching.oneTag(stage);
            case BY_ID -> Fetching.byId(stage);
            case INCREMENTAL -> Fetching.later(stage);
            case NOTES -> Fetching.notes(stage);
            case MANY_TAGS -> Fetching.manyTags(stage);
            case EMPTY -> Fetching.empty(stage);
            case FIRST_PUSH -> Pushing.first(stage);
            case PUSH -> Pushing.next(stage);
            case REFUSED_PUSH -> Pushing.refused(stage);
            case ATOMIC -> Pushing.atomic(stage);
        }
    }
}
