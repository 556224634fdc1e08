package dev.versicle.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

/** What clients bring in. */
final class Pushing {
    private static final String MAIN = "refs/heads/main";
    private static final String IDEA = "refs/heads/idea";
    private static final String TO_MAIN = MAIN + ":" + MAIN;

    /** A name that is the server's own. */
    private static final String TO_RESERVED = MAIN + ":refs/heads/env";

    private Pushing() {}

    static void first(Stage stage) {
        Host.Shared prompt = stage.host().prompt(0);
        stage.init(prompt.remote());
        String commit = stage.commit(stage.host().text(), "The first text");

        push(stage, prompt, false, TO_MAIN).required();

        assertEquals("1 " + commit, stage.host().latest(prompt));
        sound(stage, prompt);
    }

    static void next(Stage stage) {
        Host.Shared prompt = cloned(stage);
        String commit = stage.commit(stage.host().text(), "Another text");

        push(stage, prompt, false, TO_MAIN).required();

        assertEquals("3 " + commit, stage.host().latest(prompt));
        assertEquals(commit, prompt.repository().run("rev-parse", MAIN));
        sound(stage, prompt);
    }

    static void refused(Stage stage) {
        Host.Shared prompt = cloned(stage);
        String before = stage.host().latest(prompt);
        stage.commit(stage.host().text(), "A forged number\n\nVersion: 9");

        Said said = push(stage, prompt, false, TO_MAIN);

        assertFalse(said.done(), said.words());
        assertTrue(said.words().contains("Version"), said.words());
        assertEquals(before, stage.host().latest(prompt));
        sound(stage, prompt);
    }

    static void atomic(Stage stage) {
        Host.Shared prompt = cloned(stage);
        String before = Host.refs(prompt.repository(), "refs/heads");
        String commit = stage.commit(stage.host().text(), "Another text");

        Said refused = push(stage, prompt, true, TO_MAIN, TO_RESERVED);
        assertFalse(refused.done(), refused.words());
        assertEquals(before, Host.refs(prompt.repository(), "refs/heads"), refused.words());
        push(stage, prompt, true, TO_MAIN, MAIN + ":" + IDEA).required();

        assertEquals(commit + "\t" + IDEA + "\n" + commit + "\t" + MAIN, Host.refs(prompt.repository(), IDEA, MAIN));
        assertEquals("3 " + commit, stage.host().latest(prompt));
        sound(stage, prompt);
    }

    private static Host.Shared cloned(Stage stage) {
        Host.Shared prompt = stage.host().prompt(2);
        stage.client().clone(prompt.remote(), stage.directory(), 0, false).required();
        return prompt;
    }

    private static Said push(Stage stage, Host.Shared prompt, boolean atomic, String... specs) {
        return stage.client().push(prompt.remote(), stage.directory(), atomic, List.of(specs));
    }

    private static void sound(Stage stage, Host.Shared prompt) {
        prompt.repository().requireSound();
        stage.judge().requireSound();
    }
}
