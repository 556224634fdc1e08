package dev.versicle.bench;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the same operation costs among few and among many. */
record Growth(int few, int many, Row atFew, Row atMany) {
    Growth {
        if (atFew.subject() != atMany.subject()) {
            throw new IllegalArgumentException(atFew.name() + " is no smaller " + atMany.name());
        }
    }

    /** How many times as long it takes among many. */
    @JsonProperty
    double ratio() {
        return atMany.median().p50Micros() / atFew.median().p50Micros();
    }

    Subject subject() {
        return atFew.subject();
    }
}
