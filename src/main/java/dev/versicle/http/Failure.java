package dev.versicle.http;

import java.util.Arrays;
import java.util.Comparator;

/** What goes wrong before the heart is asked, or beyond it. The text is for people and tells nothing of the inside. */
public enum Failure {
    MALFORMED(400, "Bad request", "The request could not be read."),
    UNAUTHENTICATED(401, "Authentication required", "Send a valid token or API key."),
    TOKEN_EXPIRED(401, "Token expired", "The token or API key has expired. Send a new one."),
    FORBIDDEN(403, "Forbidden", "Your roles do not allow this."),
    NO_ROUTE(404, "Not found", "There is nothing at this address."),
    METHOD(405, "Method not allowed", "This address knows only the methods that the Allow header names."),
    NOT_ACCEPTABLE(406, "Not acceptable", "What the Accept header asks for is not to be had here."),
    TOO_LARGE(413, "Request too large", "The request is over the server's limit."),
    MEDIA_TYPE(415, "Unsupported media type", "What the Content-Type header names is not read here."),
    INTERNAL(500, "Internal server error", "The server's log has the cause under this answer's X-Request-Id.");

    /** The request's attribute in which the lock leaves why it refused a token, where that is to be told. */
    public static final String OF_TOKEN = "versicle.failure-of-token";

    private final int status;
    private final String title;
    private final String sentence;

    Failure(int status, String title, String sentence) {
        this.status = status;
        this.title = title;
        this.sentence = sentence;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public String sentence() {
        return sentence;
    }

    /**
     * The first failure with this status; of the other statuses, a client's error is MALFORMED and the rest INTERNAL.
     */
    static Failure of(int status) {
        Failure kind = status >= 400 && status < 500 ? MALFORMED : INTERNAL;
        return Arrays.stream(values())
                .filter(failure -> failure.status == status)
                .min(Comparator.naturalOrder())
                .orElse(kind);
    }
}
