package dev.versicle.git;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.prompt.GitLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.lib.ObjectId;
import org.junit.jupiter.api.Test;

/** What comes through to JGit of a fetch's request. */
class FetchLinesTest {
    private static final String ID = "0123456789abcdef".repeat(3).substring(0, 40);
    private static final String DELIMITER = "0001";
    private static final String END = "0000";

    private final List<ObjectId> asked = new ArrayList<>();

    private FetchLines lines(String request) {
        byte[] bytes = request.getBytes(StandardCharsets.UTF_8);
        return new FetchLines(new ByteArrayInputStream(bytes), GitLimits.DEFAULT, asked::addAll);
    }

    private static String packet(String line) {
        return "%04x%s".formatted(line.length() + 4, line);
    }

    private static String fetch(String... arguments) {
        StringBuilder request = new StringBuilder(packet("command=fetch\n") + DELIMITER);
        for (String argument : arguments) {
            request.append(packet(argument));
        }
        return request.append(END).toString();
    }

    @Test
    void anOrdinaryRequestComesThroughToTheByte() throws IOException {
        String request = fetch("thin-pack\n", "want " + ID, "have " + ID + "\n", "deepen 2147483647\n", "done\n");

        byte[] passed = lines(request).readAllBytes();

        assertArrayEquals(request.getBytes(StandardCharsets.UTF_8), passed);
        assertEquals(List.of(ObjectId.fromString(ID)), asked);
    }

    @Test
    void whatIsWantedIsAskedBeforeTheEndIsSeen() {
        FetchLines lines = new FetchLines(
                new ByteArrayInputStream(fetch("want " + ID).getBytes(StandardCharsets.UTF_8)),
                GitLimits.DEFAULT,
                wants -> {
                    throw new PackProtocolException("no");
                });

        assertEquals(
                "no",
                assertThrows(PackProtocolException.class, lines::readAllBytes).getMessage());
    }

    @Test
    void theLineThatJGitDoesNotKnowIsTakenOut() throws IOException {
        String head = packet("command=ls-refs\n") + DELIMITER + packet("peel\n");
        FetchLines lines = lines(head + packet("unborn\n") + END);

        assertEquals(head + END, new String(lines.readAllBytes(), StandardCharsets.UTF_8));
        assertTrue(lines.asksForUnborn());
    }

    @Test
    void aRequestHasSoManyLines() {
        String[] haves = new String[FetchLines.LINES_MAX + GitLimits.DEFAULT.wants() + 1];
        Arrays.fill(haves, "have " + ID);

        Exception refusal = assertThrows(PackProtocolException.class, lines(fetch(haves))::readAllBytes);

        assertEquals("The request has too many lines.", refusal.getMessage());
    }

    @Test
    void aRequestThatEndsTooEarlyIsRefused() {
        String request = fetch("want " + ID);
        for (int end : new int[] {3, 10, request.length() - 1}) {
            FetchLines lines = lines(request.substring(0, end));
            assertThrows(PackProtocolException.class, lines::readAllBytes);
        }
    }
}
