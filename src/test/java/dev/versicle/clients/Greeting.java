package dev.versicle.clients;

import java.util.List;
import java.util.stream.IntStream;

/** A prompt of eight versions at a host, to be promoted forth and back. */
record Greeting(TlsHost host, String prompt) {
    static final List<Integer> PROMOTIONS = List.of(1, 2, 3, 2, 5, 4, 6, 7, 1, 8);

    private static final int VERSIONS = 8;

    static Greeting at(TlsHost host) {
        String prompt = host.prompt("greeting");
        IntStream.rangeClosed(1, VERSIONS).forEach(version -> host.save(prompt, text(version)));
        return new Greeting(host, prompt);
    }

    static String text(int version) {
        return "Hello for the " + version + ". time.\n";
    }

    /** Makes it what production has, and gives its commit. */
    String promote(int version) {
        return host.promote(prompt, version);
    }

    /** What a client sees that follows production in the prompt's own repository. */
    Watched production() {
        return host.watched("default/greeting.git", "env/production");
    }

    /** What a client sees that follows production of all prompts of the namespace. */
    Watched productionOfAll() {
        return host.watched("default/_environments/production.git", "main");
    }
}
