package dev.versicle.bench;

import dev.versicle.RealPrompts;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Real texts in turn, each unlike all before it; threads may share it. */
final class Texts {
    private final List<String> real = RealPrompts.all().stream()
            .flatMap(history -> history.steps().stream())
            .map(RealPrompts.Step::text)
            .toList();
    private final AtomicInteger number = new AtomicInteger();

    String next() {
        int n = number.getAndIncrement();
        return real.get(n % real.size()) + "\n" + n + "\n";
    }
}
