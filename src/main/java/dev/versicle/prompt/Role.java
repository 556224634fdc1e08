package dev.versicle.prompt;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a token lets its bearer do beyond single grants. */
public enum Role {
    /** Reads every prompt of its namespace, and changes nothing. */
    READER,
    /** Reads and updates every prompt of its namespace, and creates new ones. */
    WRITER,
    /** Everything, in every namespace. */
    ADMIN,
    /** Shows no token: reads what is public. No token and no key gives this role. */
    NOBODY;

    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role that a token or key names; {@link #NOBODY} is named by none. */
    public static Optional<Role> find(String text) {
        return Arrays.stream(values())
                .filter(role -> role != NOBODY && role.text().equals(text))
                .findFirst();
    }
}
