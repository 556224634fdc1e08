package dev.versicle;

import dev.versicle.archive.ExportWriter;
import dev.versicle.archive.Spool;
import dev.versicle.auth.ApiKeyText;
import dev.versicle.auth.ApiKeys;
import dev.versicle.auth.IdentityProvider;
import dev.versicle.auth.KeyExchange;
import dev.versicle.auth.SignedTokens;
import dev.versicle.auth.SigningKey;
import dev.versicle.auth.TokenMint;
import dev.versicle.catalog.SqliteCatalog;
import dev.versicle.egress.Egress;
import dev.versicle.egress.Names;
import dev.versicle.egress.SystemNames;
import dev.versicle.git.GitEnvironments;
import dev.versicle.git.GitIntegrations;
import dev.versicle.git.GitPromptStore;
import dev.versicle.git.GitSystem;
import dev.versicle.git.Seal;
import dev.versicle.metrics.HouseMeters;
import dev.versicle.metrics.MeteredStore;
import dev.versicle.metrics.MetricsAccess;
import dev.versicle.prompt.BranchDesk;
import dev.versicle.prompt.EnvironmentDesk;
import dev.versicle.prompt.EnvironmentRepositories;
import dev.versicle.prompt.EventDesk;
import dev.versicle.prompt.EventFeed;
import dev.versicle.prompt.EventLimits;
import dev.versicle.prompt.EventLog;
import dev.versicle.prompt.GitDesk;
import dev.versicle.prompt.GitLimits;
import dev.versicle.prompt.Integrations;
import dev.versicle.prompt.KeyDesk;
import dev.versicle.prompt.KeyRing;
import dev.versicle.prompt.ModelDesk;
import dev.versicle.prompt.ModelGateway;
import dev.versicle.prompt.NamedPrompts;
import dev.versicle.prompt.NamespaceDesk;
import dev.versicle.prompt.Namespaces;
import dev.versicle.prompt.PromptIndex;
import dev.versicle.prompt.PromptStore;
import dev.versicle.prompt.PromptTrials;
import dev.versicle.prompt.Prompts;
import dev.versicle.prompt.RemoteImports;
import dev.versicle.prompt.RemoteRepositories;
import dev.versicle.prompt.SettingsDesk;
import dev.versicle.prompt.Settlement;
import dev.versicle.prompt.Transfers;
import dev.versicle.prompt.TrashDesk;
import dev.versicle.provider.ChatCompletions;
import dev.versicle.remote.RemoteServers;
import dev.versicle.storage.Repositories;
import dev.versicle.storage.local.DataDirectory;
import dev.versicle.storage.local.LocalRepositories;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The only joint between the rooms: what is made of what. */
@Factory
final class Wiring {
    private static final Logger LOG = LoggerFactory.getLogger(Wiring.class);

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
    Spool spool(DataDirectory data, SecureRandom random) {
        return new Spool(data.staging(), random);
    }

    @Singleton
    GitSystem system(Repositories repositories, InstantSource clock) {
        return GitSystem.open(repositories, clock);
    }

    @Singleton
    Seal seal(DataDirectory data, SecureRandom random) {
        return SecretKey.open(data, random);
    }

    @Singleton
    GitIntegrations integrations(GitSystem system, Seal seal) {
        return system.integrations(seal);
    }

    @Singleton
    GitPromptStore store(Repositories repositories, PromptIndex index, Settings settings, InstantSource clock) {
        return new GitPromptStore(repositories, index, settings.cacheBytes(), clock);
    }

    /** What heart and root see in the place of the store. */
    @Singleton
    @Primary
    MeteredStore meteredStore(GitPromptStore store, MeterRegistry registry) {
        return new MeteredStore(store, registry);
    }

    // ---- metrics

    @Singleton
    HouseMeters meters(GitPromptStore store, LocalRepositories repositories, PromptIndex index) {
        return new HouseMeters(
                () -> store.cacheUse().hits(),
                () -> store.cacheUse().misses(),
                () -> store.cacheUse().bytes(),
                repositories::openCount,
                index::count);
    }

    @Singleton
    MetricsAccess metricsAccess(Settings settings) {
        return new MetricsAccess(settings.metricsSecured());
    }

    // ---- index

    @Singleton
    @Bean(preDestroy = "close")
    SqliteCatalog catalog(DataDirectory data, InstantSource clock) {
        return SqliteCatalog.open(data.catalog(), clock);
    }

    @Singleton
    EventLog events(SqliteCatalog catalog) {
        return catalog.events();
    }

    @Singleton
    @Bean(preDestroy = "close")
    EventFeed feed(EventLog events) {
        return new EventFeed(events, e -> LOG.warn("Events cannot be told yet: {}", e.toString()));
    }

    /** What doors see in the place of the catalog's. */
    @Singleton
    @Primary
    SealedReceipts receipts(SqliteCatalog catalog, Seal seal) {
        return new SealedReceipts(catalog.receipts(), seal);
    }

    // ---- heart

    @Singleton
    Prompts prompts(
            PromptStore store, PromptIndex index, Namespaces namespaces, InstantSource clock, SecureRandom random) {
        return new Prompts(store, index, namespaces, clock, random);
    }

    @Singleton
    GitEnvironments environments(
            Repositories repositories, PromptIndex index, EventLog log, GitSystem system, InstantSource clock) {
        return new GitEnvironments(repositories, index, log, system, clock);
    }

    @Singleton
    @Bean(preDestroy = "close")
    GitOps gitOps(PromptIndex index, EventFeed feed, EventLog log, GitEnvironments environments) {
        return new GitOps(index, feed, log, environments);
    }

    @Singleton
    NamespaceDesk namespaceDesk(Namespaces namespaces, EnvironmentRepositories environments) {
        return new NamespaceDesk(namespaces, environments);
    }

    @Singleton
    GitDesk gitDesk(Prompts prompts, EnvironmentRepositories environments) {
        return new GitDesk(prompts, environments);
    }

    @Singleton
    BranchDesk branchDesk(Prompts prompts) {
        return new BranchDesk(prompts);
    }

    @Singleton
    GitLimits gitLimits(Settings settings) {
        return settings.git();
    }

    @Singleton
    EnvironmentDesk environmentDesk(Prompts prompts) {
        return new EnvironmentDesk(prompts);
    }

    @Singleton
    EventDesk eventDesk(Prompts prompts, PromptStore store, EventFeed feed, EventLog log, InstantSource clock) {
        return new EventDesk(prompts, store, feed, log, clock);
    }

    @Singleton
    EventLimits eventLimits(Settings settings) {
        return settings.events();
    }

    @Singleton
    SettingsDesk settingsDesk(Prompts prompts, Namespaces namespaces) {
        return new SettingsDesk(prompts, namespaces);
    }

    @Singleton
    @Bean(preDestroy = "close")
    Settling settling(PromptStore store, PromptIndex index, InstantSource clock) {
        return new Settling(new Settlement(store, index), index, clock);
    }

    @Singleton
    ModelDesk desk(Integrations integrations, InstantSource clock) {
        return new ModelDesk(integrations, clock);
    }

    @Singleton
    NamedPrompts named(Prompts prompts, PromptIndex index, ModelDesk desk) {
        return new NamedPrompts(prompts, index, desk);
    }

    @Singleton
    PromptTrials trials(ModelDesk desk, ModelGateway gateway) {
        return new PromptTrials(desk, gateway);
    }

    @Singleton
    KeyDesk keyDesk(KeyRing ring, SecureRandom random, InstantSource clock) {
        return new KeyDesk(ring, ApiKeyText.mint(random), clock);
    }

    @Singleton
    TrashDesk trashDesk(Prompts prompts, PromptStore store, PromptIndex index) {
        return new TrashDesk(prompts, store, index);
    }

    @Singleton
    Transfers transfers(PromptStore store, PromptIndex index, Namespaces namespaces, InstantSource clock) {
        return new Transfers(store, index, namespaces, clock);
    }

    @Singleton
    RemoteImports remoteImports(
            Prompts prompts,
            Transfers transfers,
            RemoteRepositories remotes,
            InstantSource clock,
            SecureRandom random) {
        return new RemoteImports(prompts, transfers, remotes, clock, random);
    }

    // ---- archives

    @Singleton
    ExportWriter exports(Transfers transfers, Spool spool, InstantSource clock) {
        return new ExportWriter(transfers, spool, clock);
    }

    // ---- the way out

    @Singleton
    @Bean(preDestroy = "close")
    ChatCompletions completions(Settings settings) {
        return new ChatCompletions(Duration.ofSeconds(settings.modelSeconds()));
    }

    @Singleton
    Names names() {
        return new SystemNames();
    }

    @Singleton
    Egress egress(Settings settings, Names names) {
        return new Egress(settings.addresses(), names);
    }

    @Singleton
    RemoteServers remotes(Egress egress, Spool spool, InstantSource clock, GitLimits limits) {
        return new RemoteServers(egress, spool, clock, limits.time());
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
