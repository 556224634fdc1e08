package dev.versicle.prompt;

import java.time.Duration;

/**
 * How much a Git client may ask of the server.
 *
 * @param objects of one push
 * @param objectBytes of one object, inflated
 * @param packBytes of one push's pack
 * @param commands of one push: refs that it creates, moves and deletes
 * @param wants of one fetch: objects that are named
 * @param requestBytes of one request, inflated
 * @param time how long one transfer may take
 * @param transfers of one caller at the same time
 * @param tags that are shown to a client that asks for all refs
 */
public record GitLimits(
        int objects,
        int objectBytes,
        long packBytes,
        int commands,
        int wants,
        long requestBytes,
        Duration time,
        int transfers,
        int tags) {
    public static final GitLimits DEFAULT =
            new GitLimits(50_000, 16 << 20, 64L << 20, 1_000, 10_000, 80L << 20, Duration.ofMinutes(5), 8, 1_000);
}
