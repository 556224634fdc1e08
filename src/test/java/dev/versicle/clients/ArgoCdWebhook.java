package dev.versicle.clients;

import java.io.IOException;
import java.net.URI;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What Argo CD does at {@code /api/webhook} for one application ({@code util/webhook/webhook.go}, with
 * {@code go-playground/webhooks} 6.4): it verifies a GitHub event, and refreshes the application where the event is of
 * the repository and the revision that it is made from.
 */
final class ArgoCdWebhook {
    private static final Set<String> EVENTS = Set.of("push", "ping");
    private static final String USER = "[\\w.][\\w.-]{0,30}[\\w.$-]?";
    private static final int SIGNATURE_CHARACTERS_MIN = 6;

    private final String secret;
    private final String repoUrl;
    private final String targetRevision;

    /** {@code repoUrl} and {@code targetRevision} as they are in the application's {@code spec.source}. */
    ArgoCdWebhook(String secret, String repoUrl, String targetRevision) {
        this.secret = secret;
        this.repoUrl = repoUrl;
        this.targetRevision = targetRevision;
    }

    Ring.Heard hear(Ring ring) {
        // Gogs' events are asked for first, since they have GitHub's headers, too.
        if (!ring.header("X-Gogs-Event").isEmpty()
                || !EVENTS.contains(ring.header("X-GitHub-Event"))
                || ring.body().isEmpty()
                || !isVerified(ring)) {
            return Ring.Heard.REFUSED;
        }
        if (!ring.method().equals("POST")) {
            return new Ring.Heard(405, false);
        }
        try {
            GitHubPush push = GitHubPush.read(ring.bytes());
            return new Ring.Heard(200, ring.header("X-GitHub-Event").equals("push") && concerns(push));
        } catch (IOException otherTypes) {
            return Ring.Heard.REFUSED;
        }
    }

    private boolean isVerified(Ring ring) {
        String signature = ring.header("X-Hub-Signature-256").replaceFirst("^sha256=", "");
        return signature.length() >= SIGNATURE_CHARACTERS_MIN && ring.isSigned("HmacSHA256", secret, signature);
    }

    private boolean concerns(GitHubPush push) {
        return hasMoved(push) && repository(push.page()).matcher(repoUrl).matches();
    }

    private boolean hasMoved(GitHubPush push) {
        String target = GitHubPush.revision(targetRevision);
        if (target.isEmpty() || target.equals("HEAD")) {
            return push.touchesHead();
        }
        boolean whole = targetRevision.startsWith("refs/heads/") || targetRevision.startsWith("refs/tags/");
        return push.revision().equals(whole ? target : targetRevision);
    }

    /** The ways in which an application may write the address of the repository that people see here. */
    private static Pattern repository(String page) {
        URI url = URI.create(page);
        return Pattern.compile(
                "((https?|ssh)://)?(" + USER + "@)?((alt)?ssh\\.)?" + Pattern.quote(url.getHost()) + "(:\\d+)?[:/]"
                        + Pattern.quote(url.getRawPath().substring(1)) + "(\\.git)?",
                Pattern.CASE_INSENSITIVE);
    }
}
