package dev.versicle.notify;

import dev.versicle.egress.Answer;
import dev.versicle.egress.Call;
import dev.versicle.egress.Destination;
import dev.versicle.egress.Egress;
import dev.versicle.egress.Unreachable;
import dev.versicle.prompt.Delivery.Attempt;
import dev.versicle.prompt.DeliveryQueue.Due;
import dev.versicle.prompt.DeliveryQueue.Letter;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.Webhook;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Takes one letter to where it goes, once. */
public final class Courier {
    private final Egress egress;
    private final String agent;
    private final InstantSource clock;
    private final Duration timeMax;

    /** Introduces itself as {@code agent}. */
    public Courier(Egress egress, String agent, InstantSource clock, Pace pace) {
        this.egress = egress;
        this.agent = agent;
        this.clock = clock;
        this.timeMax = pace.attempt();
    }

    /** What was answered, or in words of ours why nothing was. */
    private record Said(Optional<Integer> status, String text) {
        static Said nothing(String why) {
            return new Said(Optional.empty(), why);
        }
    }

    Attempt deliver(Due due, Webhook to) {
        Instant begun = clock.instant();
        Said said = said(due.letter(), to);
        Duration took = Duration.between(begun, clock.instant());
        return new Attempt(
                due.attempts() + 1, begun, said.status(), took.isNegative() ? Duration.ZERO : took, said.text());
    }

    private Said said(Letter letter, Webhook to) {
        try (Answer answer = egress.send(call(letter, to))) {
            return new Said(Optional.of(answer.status()), text(answer));
        } catch (Unreachable e) {
            return Said.nothing("The server " + e.what() + ".");
        } catch (PromptException e) {
            return Said.nothing(
                    e.problem() instanceof Problem.Invalid refused
                            ? "Nothing was sent: the URL " + refused.rule() + "."
                            : "Nothing was sent.");
        }
    }

    private Call call(Letter letter, Webhook to) {
        Destination destination = Destination.parse("url", to.url());
        String path = destination.path().isEmpty() ? "/" : destination.path();
        String target = path + destination.query().map(query -> "?" + query).orElse("");
        return new Call(destination, target, headers(letter, to), Optional.of(letter.body()), timeMax);
    }

    /** As GitHub names them, so that what listens to GitHub listens to this; with none that only Gogs has. */
    private Map<String, String> headers(Letter letter, Webhook to) {
        String signature = Signature.of(letter.body(), to.secret());
        return Map.of(
                "Content-Type",
                "application/json",
                "User-Agent",
                agent,
                "X-GitHub-Event",
                letter.kind(),
                "X-GitHub-Delivery",
                letter.id().toString(),
                "X-Hub-Signature-256",
                signature,
                "X-Signature",
                signature);
    }

    /** The beginning of the answer. Whoever answered with a status has got the letter, whatever comes after that. */
    private static String text(Answer answer) {
        try {
            byte[] bytes = answer.body().readNBytes(Attempt.ANSWER_BYTES_MAX);
            return new String(bytes, StandardCharsets.UTF_8)
                    .codePoints()
                    .map(Courier::harmless)
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());
        } catch (IOException e) {
            return "";
        }
    }

    /** What would do something to a terminal or to the order of what is shown is replaced. */
    private static int harmless(int character) {
        boolean shown = character == '\n' || character == '\t' || !Character.isISOControl(character);
        return shown && Character.getType(character) != Character.FORMAT ? character : '\ufffd';
    }
}
