package dev.versicle;

import dev.versicle.auth.ApiKeys;
import dev.versicle.auth.IdentityProvider;
import dev.versicle.auth.KeyExchange;
import dev.versicle.auth.SignedTokens;
import dev.versicle.auth.SigningKey;
import dev.versicle.auth.TokenMint;
import dev.versicle.catalog.SqliteCatalog;
import dev.versicle.git.GitPromptStore;
import dev.versicle.git.GitSystem;
import dev.versicle.prompt.KeyRing;
import dev.versicle.prompt.Models;
import dev.versicle.prompt.NamedPrompts;
import dev.versicle.prompt.Namespaces;
import dev.versicle.prompt.Problem;
import dev.versicle.prompt.PromptException;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptStore;
import dev.versicle.prompt.Prompts;
import dev.versicle.storage.Repositories;
import dev.versicle.storage.local.DataDirectory;
import dev.versicle.storage.local.LocalRepositories;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;

/** The only joint between the rooms: what is made of what. */
@Factory
final class Wiring {
    /** The framework has one, too. */
    @Singleton
    @Primary
    InstantSource clock() {
        return InstantSource.system();
    }

    @Singleton
    SecureRandom random() {
        return new SecureRandom();
    }

    // ---- cellar

    @Singleton
    @Bean(preDestroy = "close")
    DataDirectory data(Settings settings) {
        return DataDirectory.open(settings.data());
    }

    @Singleton
    @Bean(preDestroy = "close")
    LocalRepositories repositories(DataDirectory data, Settings settings, InstantSource clock) {
        return new LocalRepositories(data, settings.openRepositories(), clock);
    }

    @Singleton
    GitSystem system(Repositories repositories, InstantSource clock) {
        return GitSystem.open(repositories, clock);
    }

    @Singleton
    GitPromptStore store(Repositories repositories, PromptIndex index, Settings settings, InstantSource clock) {
        return new GitPromptStore(repositories, index, settings.cacheBytes(), clock);
    }

    // ---- index

    @Singleton
    @Bean(preDestroy = "close")
    SqliteCatalog catalog(DataDirectory data) {
        return SqliteCatalog.open(data.catalog());
    }

    // ---- heart

    @Singleton
    Prompts prompts(
            PromptStore store, PromptIndex index, Namespaces namespaces, InstantSource clock, SecureRandom random) {
        return new Prompts(store, index, namespaces, clock, random);
    }

    @Singleton
    NamedPrompts named(Prompts prompts, PromptIndex index, Models models) {
        return new NamedPrompts(prompts, index, models);
    }

    /** No integration can be registered yet, so there is no model. */
    @Singleton
    Models models() {
        return (caller, wanted) -> wanted.stream().findFirst().ifPresent(model -> {
            throw new PromptException(new Problem.UnknownModel(model));
        });
    }

    // ---- lock

    @Singleton
    ServerKeys keys(DataDirectory data, KeyRing ring, InstantSource clock, SecureRandom random) {
        return ServerKeys.open(data, ring, clock, random);
    }

    @Singleton
    SigningKey signingKey(ServerKeys keys) {
        return keys.signing();
    }

    @Singleton
    TokenMint mint(SigningKey key, InstantSource clock) {
        return new TokenMint(key, clock);
    }

    @Singleton
    SignedTokens signedTokens(SigningKey key, ApiKeys keys, Settings settings, InstantSource clock) {
        return new SignedTokens(
                key,
                settings.keys().map(url -> new IdentityProvider(url, settings.jwtIssuer(), settings.jwtAudience())),
                keys,
                clock);
    }

    @Singleton
    ApiKeys apiKeys(KeyRing ring, InstantSource clock) {
        return new ApiKeys(ring, clock);
    }

    @Singleton
    KeyExchange exchange(ApiKeys keys, TokenMint mint, Settings settings) {
        return new KeyExchange(keys, mint, Duration.ofMinutes(settings.tokenMinutes()));
    }
}
