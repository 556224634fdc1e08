package dev.versicle.egress;

import java.io.IOException;

/**
 * A call failed on the other side or on the way there. {@link #what} says how, of the server: "did not answer in time".
 * There is no word of that server in it and no cause, so it may be shown.
 */
public final class Unreachable extends IOException {
    private static final long serialVersionUID = 1;

    private final String what;

    public Unreachable(String what) {
        super(what);
        this.what = what;
    }

    public String what() {
        return what;
    }
}
