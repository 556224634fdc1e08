package dev.versicle.prompt;

import java.util.Arrays;
import java.util.Optional;

/** What a Git client wants. */
public enum GitService {
    /** To fetch, clone, or see the refs. */
    UPLOAD_PACK("git-upload-pack", Right.READ),
    /** To push. */
    RECEIVE_PACK("git-receive-pack", Right.UPDATE);

    private final String text;
    private final Right right;

    GitService(String text, Right right) {
        this.text = text;
        this.right = right;
    }

    /** The name on the wire. */
    public String text() {
        return text;
    }

    /** What a caller must have on the prompt to begin with. */
    public Right right() {
        return right;
    }

    public static Optional<GitService> find(String text) {
        return Arrays.stream(values())
                .filter(service -> service.text.equals(text))
                .findFirst();
    }
}
