package dev.versicle.prompt;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A repository on another server.
 *
 * @param url where Git clones it from
 * @param login for those who may not everybody read
 * @param branch what is to be main; what its HEAD leads to where absent
 */
public record Remote(String url, Optional<Login> login, Optional<String> branch) {
    public static final int BRANCH_CHARACTERS_MAX = 200;

    /**
     * Whom that server shall take this one for; goes over TLS to the host that the URL names, and nowhere else.
     *
     * @param user most servers take any with a token
     */
    public record Login(String user, Secret token) {
        public static final String ANY_USER = "x-access-token";

        /** In HTTP's Basic a colon ends it. */
        private static final Pattern USER = Pattern.compile("[\\x21-\\x39\\x3b-\\x7e]{1,200}");

        public Login {
            if (!USER.matcher(user).matches()) {
                throw Texts.invalid("username", "must be 1 to 200 visible ASCII characters and no colon");
            }
        }
    }

    public Remote {
        branch.ifPresent(name -> Texts.line("branch", name, BRANCH_CHARACTERS_MAX));
    }
}
