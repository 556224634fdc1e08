package dev.versicle.git;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.versicle.prompt.EnvironmentPlace;
import dev.versicle.prompt.Namespace;
import dev.versicle.storage.Repositories;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Repository;

/** Where the environments' repositories lie: those of a namespace side by side on a shelf. */
final class EnvironmentShelves {
    private static final int DIGITS = 40;
    private static final int PLACES_KEPT_MAX = 10_000;

    private final Repositories repositories;

    /** What a repository is of, which never changes. */
    private final Cache<String, EnvironmentPlace> places =
            Caffeine.newBuilder().maximumSize(PLACES_KEPT_MAX).build();

    EnvironmentShelves(Repositories repositories) {
        this.repositories = repositories;
    }

    /** A repository's id; opaque, since no name that a caller chose is ever part of a path. */
    static String id(EnvironmentPlace place) {
        return shelf(place.namespace()) + "/" + hash(place.toString());
    }

    private static String shelf(Namespace namespace) {
        return hash(namespace.text());
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** All of a namespace that have a repository. */
    List<EnvironmentPlace> of(Namespace namespace) throws IOException {
        List<EnvironmentPlace> all = new ArrayList<>();
        for (String id : repositories.shelf(shelf(namespace))) {
            Optional<EnvironmentPlace> place = Optional.ofNullable(places.getIfPresent(id));
            all.add(place.isPresent() ? place.get() : look(id));
        }
        return all;
    }

    private EnvironmentPlace look(String id) throws IOException {
        try (Repository git = repositories.open(id).orElseThrow(() -> new IOException(id + " has gone"))) {
            EnvironmentPlace place = GeneratedRepository.placeOf(git);
            places.put(id, place);
            return place;
        }
    }
}
