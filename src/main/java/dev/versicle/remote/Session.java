package dev.versicle.remote;

import dev.versicle.egress.Answer;
import dev.versicle.egress.Call;
import dev.versicle.egress.Destination;
import dev.versicle.egress.Egress;
import dev.versicle.egress.Unreachable;
import dev.versicle.prompt.Remote.Login;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The requests of one fetch, which all go to one server and end at one moment. */
final class Session {
    private static final String SERVICE = "git-upload-pack";
    private static final int OK = 200;
    private static final int REDIRECTS = 300;
    private static final int CLIENT_ERRORS = 400;

    private final Egress egress;
    private final Destination to;
    private final Optional<Login> login;
    private final InstantSource clock;
    private final Instant end;

    Session(Egress egress, Destination to, Optional<Login> login, InstantSource clock, Duration timeMax) {
        this.egress = egress;
        this.to = to;
        this.login = login;
        this.clock = clock;
        this.end = clock.instant().plus(timeMax);
    }

    /** Asks what there is, and for protocol 2. */
    Answer advertisement() throws Unreachable {
        return send("/info/refs?service=" + SERVICE, 2, Optional.empty(), "advertisement");
    }

    /** Asks for something in packet lines, in a version of the protocol. */
    Answer ask(String packets, int version) throws Unreachable {
        return send("/" + SERVICE, version, Optional.of(packets), "result");
    }

    private Answer send(String suffix, int version, Optional<String> body, String kind) throws Unreachable {
        Duration left = Duration.between(clock.instant(), end);
        if (!left.isPositive()) {
            throw new Unreachable("did not answer in time");
        }
        Answer answer = egress.send(new Call(to, path() + suffix, headers(version), body, left));
        boolean usable = false;
        try {
            require(answer, "application/x-" + SERVICE + "-" + kind);
            usable = true;
            return answer;
        } finally {
            if (!usable) {
                answer.close();
            }
        }
    }

    private String path() {
        String path = to.path();
        while (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        return path;
    }

    private Map<String, String> headers(int version) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Git-Protocol", "version=" + version);
        headers.put("Content-Type", "application/x-" + SERVICE + "-request");
        login.ifPresent(known -> headers.put("Authorization", basic(known)));
        return headers;
    }

    private static String basic(Login login) {
        byte[] pair = (login.user() + ":" + login.token().text()).getBytes(StandardCharsets.US_ASCII);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    private void require(Answer answer, String type) {
        int status = answer.status();
        if (status != OK) {
            throw Packets.failed(refusal(status));
        }
        if (!answer.header("Content-Type").map(type::equalsIgnoreCase).orElse(false)) {
            throw Packets.failed("does not answer as a Git server does");
        }
        if (answer.header("Content-Encoding").isPresent()) {
            throw Packets.failed("answered in a coding that was not asked for");
        }
    }

    private String refusal(int status) {
        if (status >= REDIRECTS && status < CLIENT_ERRORS) {
            return "answered with a redirect, which is not followed: name the address that it leads to";
        }
        return switch (status) {
            case 401 -> login.isPresent() ? "does not take these credentials" : "asks for credentials";
            case 403 -> "does not allow this";
            case 404 -> "has no repository there that it would show";
            default -> "answered with status " + status;
        };
    }
}
