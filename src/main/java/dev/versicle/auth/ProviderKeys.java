package dev.versicle.auth;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetSourceWrapper;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An identity provider's public keys: first asked for when a token needs them, then kept; asked for again when they are
 * old or a token names an unknown key, but never more often than {@link #BETWEEN_FETCHES} allows, whatever tokens come.
 */
final class ProviderKeys {
    private static final Logger LOG = LoggerFactory.getLogger(ProviderKeys.class);

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration READ = Duration.ofSeconds(2);
    private static final int DOCUMENT_BYTES_MAX = 256 << 10;
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final Duration WAIT_FOR_ANOTHERS_FETCH = Duration.ofSeconds(10);
    /** Nimbus lets two fetches through per interval, so that a rotation just after a fetch is seen. */
    private static final Duration BETWEEN_FETCHES = Duration.ofSeconds(30);
    /** How long the known keys go on counting while the provider does not answer. */
    private static final Duration KEPT_IN_OUTAGE = Duration.ofHours(4);

    private ProviderKeys() {}

    static JWKSource<SecurityContext> of(URI document) {
        return JWKSourceBuilder.create(new Logged(document, fetching(document)))
                .cache(KEPT.toMillis(), WAIT_FOR_ANOTHERS_FETCH.toMillis())
                // It would start threads of its own that nobody stops.
                .refreshAheadCache(false)
                .rateLimited(BETWEEN_FETCHES.toMillis())
                .outageTolerant(KEPT_IN_OUTAGE.toMillis())
                .build();
    }

    private static JWKSetSource<SecurityContext> fetching(URI document) {
        return new URLBasedJWKSetSource<>(
                url(document),
                new DefaultResourceRetriever((int) CONNECT.toMillis(), (int) READ.toMillis(), DOCUMENT_BYTES_MAX));
    }

    private static URL url(URI document) {
        try {
            return document.toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(document + " is no address of keys", e);
        }
    }

    /** A failed fetch is the operator's business, and as rare in the log as fetches are. */
    private static final class Logged extends JWKSetSourceWrapper<SecurityContext> {
        private final URI document;

        Logged(URI document, JWKSetSource<SecurityContext> source) {
            super(source);
            this.document = document;
        }

        @Override
        public JWKSet getJWKSet(JWKSetCacheRefreshEvaluator refresh, long now, @Nullable SecurityContext context)
                throws KeySourceException {
            try {
                JWKSet keys = getSource().getJWKSet(refresh, now, context);
                LOG.debug("Read the identity provider's keys from {}", document);
                return keys;
            } catch (KeySourceException e) {
                LOG.warn("Could not read the identity provider's keys from {}: {}", document, e.getMessage());
                throw e;
            }
        }
    }
}
