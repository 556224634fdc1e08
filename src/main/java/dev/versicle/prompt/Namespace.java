package dev.versicle.prompt;

import java.util.regex.Pattern;

/** Where a name is unique: lower-case letters, digits and hyphens, at most 63, and never the shape of an id. */
public record Namespace(String text) {
    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    private static final Pattern ID = Pattern.compile("[0-9a-f]{24}");

    // Behind the patterns, which its constructor needs.
    public static final Namespace DEFAULT = new Namespace("default");

    public Namespace {
        if (!SHAPE.matcher(text).matches() || ID.matcher(text).matches()) {
            throw Texts.invalid(
                    "namespace",
                    "must be 1 to 63 lower-case letters, digits and hyphens, begin with no hyphen, and be no id");
        }
    }

    /** Whether {@code caller} reads every prompt here, whatever was granted: by role, never by ownership or grants. */
    public boolean isReadBy(Caller caller) {
        boolean member = equals(caller.namespace()) && (caller.has(Role.READER) || caller.has(Role.WRITER));
        return caller.has(Role.ADMIN) || member;
    }

    /** Whether {@code caller} writes every prompt here, whatever was granted. */
    public boolean isWrittenBy(Caller caller) {
        return caller.has(Role.ADMIN) || (equals(caller.namespace()) && caller.has(Role.WRITER));
    }

    @Override
    public String toString() {
        return text;
    }
}
