package dev.versicle.egress;

import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a call goes: an absolute URL of {@code https} or {@code http}, with a host in ASCII and with neither user nor
 * fragment in it.
 */
public final class Destination {
    public static final int CHARACTERS_MAX = 2_048;

    private static final String HTTPS = "https";
    private static final String HTTP = "http";
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;
    private static final int PORT_MAX = 65_535;

    private final String field;
    private final URI url;

    private Destination(String field, URI url) {
        this.field = field;
        this.url = url;
    }

    /** Reads a URL that came in {@code field}, or refuses it as {@link Problem.Invalid}; nothing is looked up. */
    public static Destination parse(String field, String text) {
        if (text.length() > CHARACTERS_MAX) {
            throw invalid(field, "must be at most " + CHARACTERS_MAX + " characters");
        }
        Destination read = new Destination(field, url(field, text));
        read.requireShape();
        return read;
    }

    private static URI url(String field, String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw invalid(field, "must be a well-formed URL");
        }
    }

    private void requireShape() {
        if (!scheme().equals(HTTPS) && !scheme().equals(HTTP)) {
            throw refused("must begin with https://");
        }
        if (url.getRawUserInfo() != null) {
            throw refused("must have no user and no password in it");
        }
        if (url.getHost() == null || url.getHost().indexOf('%') >= 0) {
            throw refused("must have a host, in ASCII and without a zone");
        }
        if (url.getRawFragment() != null) {
            throw refused("must have no fragment");
        }
        if (port() < 1 || port() > PORT_MAX) {
            throw refused("must have a port of 1 to " + PORT_MAX);
        }
    }

    /** A refusal of this, by the field it came in. */
    public PromptException refused(String rule) {
        return invalid(field, rule);
    }

    private static PromptException invalid(String field, String rule) {
        return new PromptException(new Problem.Invalid(field, rule));
    }

    private String scheme() {
        return Optional.ofNullable(url.getScheme())
                .map(text -> text.toLowerCase(Locale.ROOT))
                .orElse("");
    }

    /** Whether it is called over TLS. */
    public boolean secure() {
        return scheme().equals(HTTPS);
    }

    /** A name or an address, without brackets. */
    String host() {
        String host = url.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    int port() {
        if (url.getPort() != -1) {
            return url.getPort();
        }
        return secure() ? HTTPS_PORT : HTTP_PORT;
    }

    /** What a request's Host says. */
    String authority() {
        return url.getRawAuthority();
    }

    /** As it was written, escapes and all; empty where there is none. */
    public String path() {
        return url.getRawPath();
    }

    /** As it was written. */
    public Optional<String> query() {
        return Optional.ofNullable(url.getRawQuery());
    }

    @Override
    public String toString() {
        return scheme() + "://" + authority() + path();
    }
}
