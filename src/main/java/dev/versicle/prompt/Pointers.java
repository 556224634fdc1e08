package dev.versicle.prompt;

import java.util.List;
import java.util.stream.Stream;

/** What points to a version: releases, lowest first, and environments by name. */
public record Pointers(List<SemVer> releases, List<EnvironmentName> environments) {
    public Pointers {
        releases = List.copyOf(releases);
        environments = List.copyOf(environments);
    }

    /** All of them, to tell one state from another. */
    public List<?> all() {
        return Stream.concat(releases.stream(), environments.stream()).toList();
    }
}
