package dev.versicle;

import dev.versicle.egress.AddressRange;
import dev.versicle.egress.AddressRules;
import dev.versicle.prompt.EventLimits;
import dev.versicle.prompt.GitLimits;
import dev.versicle.prompt.NewWebhook;
import dev.versicle.prompt.PromptFile;
import io.micronaut.context.annotation.ConfigurationProperties;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything an operator can set; nothing else reads settings. Each has its default in {@code application.yml} and a
 * variable in the environment: {@code jwksUrl} is {@code versicle.jwks-url} there and {@code VERSICLE_JWKS_URL} here.
 *
 * @param data the data directory
 * @param host the address to listen on
 * @param port the port to listen on; 0 takes a free one
 * @param url the address that people call this server by, such as {@code https://prompts.example.org}: links begin with
 *     it; without it with what whoever asks for them called
 * @param tlsCertificate a PEM file with the certificate to show; without it the server speaks plain HTTP
 * @param tlsKey a PEM file with the certificate's private key
 * @param samples whether the first start imports the sample prompts
 * @param samplesDirectory where the sample prompts are
 * @param importDirectory where bare repositories are that each start imports, if they are not here yet
 * @param jwksUrl where an identity provider's public keys are; without it only this server's own tokens count
 * @param jwtIssuer what the {@code iss} of the identity provider's tokens must be
 * @param jwtAudience what must be among the {@code aud} of the identity provider's tokens
 * @param tokenMinutes for how many minutes a token holds that an API key was exchanged for
 * @param modelSeconds how long a model may take to answer, in seconds
 * @param cacheMib how much memory the cache of versions may take, in MiB
 * @param openRepositories how many repositories stay open that nobody uses at the moment
 * @param trashDays for how many days a deleted prompt is kept
 * @param eventDays for how many days an event is kept at least
 * @param gitObjects how many objects a push may have
 * @param gitObjectMib how large one of a push's objects may be, inflated, in MiB
 * @param gitPackMib how large a push's pack may be, in MiB
 * @param gitCommands how many refs a push may create, move and delete
 * @param gitWants how many objects a fetch may name
 * @param gitRequestMib how large a Git client's request may be, inflated, in MiB
 * @param gitSeconds how long a clone, fetch or push may take, in seconds
 * @param gitTransfers how many clones, fetches and pushes a caller may have under way
 * @param gitTags how many tags are shown to a Git client that asks for all refs
 * @param eventStreams how many change streams there may be, in all
 * @param eventStreamsOfCaller how many change streams a caller may have
 * @param webhooksAllow which addresses may be called for a caller although they are not public: ranges in CIDR form,
 *     divided by commas; of what remote histories come from, too
 * @param metricsSecured whether {@code /prometheus} asks for a valid token or key
 * @param logFormat how a line of the log is written: {@code text} or {@code json}
 */
@ConfigurationProperties("versicle")
public record Settings(
        Path data,
        String host,
        int port,
        Optional<String> url,
        Optional<Path> tlsCertificate,
        Optional<Path> tlsKey,
        boolean samples,
        Path samplesDirectory,
        Optional<Path> importDirectory,
        Optional<String> jwksUrl,
        Optional<String> jwtIssuer,
        Optional<String> jwtAudience,
        int tokenMinutes,
        int modelSeconds,
        int cacheMib,
        int openRepositories,
        int trashDays,
        int eventDays,
        int gitObjects,
        int gitObjectMib,
        int gitPackMib,
        int gitCommands,
        int gitWants,
        int gitRequestMib,
        int gitSeconds,
        int gitTransfers,
        int gitTags,
        int eventStreams,
        int eventStreamsOfCaller,
        Optional<String> webhooksAllow,
        boolean metricsSecured,
        String logFormat) {
    private static final int PORT_MAX = 65_535;
    private static final int TOKEN_MINUTES_MAX = 7 * 24 * 60;
    /** Less than the time after which the server takes a silent connection for a dead one. */
    private static final int MODEL_SECONDS_MAX = 55;

    private static final int CACHE_MIB_MAX = 1 << 20;
    private static final int OPEN_REPOSITORIES_MAX = 1_000_000;
    private static final int TRASH_DAYS_MAX = 36_500;
    private static final int EVENT_DAYS_MAX = 36_500;
    /** A scan of a pack takes 28 bytes an object. */
    private static final int GIT_OBJECTS_MAX = 1_000_000;
    /** No version may have a larger file. */
    private static final int GIT_OBJECT_MIB_MAX = PromptFile.BYTES_MAX >> 20;

    private static final int GIT_MIB_MAX = 1 << 10;
    private static final int GIT_NAMES_MAX = 100_000;
    private static final int GIT_SECONDS_MAX = 24 * 60 * 60;
    private static final int GIT_TRANSFERS_MAX = 1_000;
    private static final int EVENT_STREAMS_MAX = 100_000;

    public Settings {
        range("port", port, 0, PORT_MAX);
        range("tokenMinutes", tokenMinutes, 1, TOKEN_MINUTES_MAX);
        range("modelSeconds", modelSeconds, 1, MODEL_SECONDS_MAX);
        range("cacheMib", cacheMib, 1, CACHE_MIB_MAX);
        range("openRepositories", openRepositories, 1, OPEN_REPOSITORIES_MAX);
        range("trashDays", trashDays, 0, TRASH_DAYS_MAX);
        range("eventDays", eventDays, 0, EVENT_DAYS_MAX);
        range("gitObjects", gitObjects, 1, GIT_OBJECTS_MAX);
        range("gitObjectMib", gitObjectMib, 1, GIT_OBJECT_MIB_MAX);
        range("gitPackMib", gitPackMib, 1, GIT_MIB_MAX);
        range("gitCommands", gitCommands, 1, GIT_NAMES_MAX);
        range("gitWants", gitWants, 1, GIT_NAMES_MAX);
        range("gitRequestMib", gitRequestMib, 1, GIT_MIB_MAX);
        range("gitSeconds", gitSeconds, 1, GIT_SECONDS_MAX);
        range("gitTransfers", gitTransfers, 1, GIT_TRANSFERS_MAX);
        range("gitTags", gitTags, 1, GIT_NAMES_MAX);
        range("eventStreams", eventStreams, 1, EVENT_STREAMS_MAX);
        range("eventStreamsOfCaller", eventStreamsOfCaller, 1, EVENT_STREAMS_MAX);
        require("logFormat", LogFormat.NAMES.contains(logFormat), "must be " + String.join(" or ", LogFormat.NAMES));
        webhooksAllow = webhooksAllow.filter(text -> !text.isBlank());
        require(
                "webhooksAllow",
                ranges(webhooksAllow).allMatch(Optional::isPresent),
                "must be ranges of addresses such as 10.0.0.0/8 or fd00::/8, divided by commas");
        url = url.filter(text -> !text.isBlank());
        require(
                "url",
                url.map(Settings::isAddress).orElse(true),
                "must be an http or https URL without user, query and fragment, and without a slash at its end");
        require("host", !host.isBlank(), "must not be blank");
        // A variable that is set to nothing is not set.
        importDirectory = importDirectory.filter(Settings::isSet);
        tlsCertificate = tlsCertificate.filter(Settings::isSet);
        tlsKey = tlsKey.filter(Settings::isSet);
        jwksUrl = jwksUrl.filter(text -> !text.isBlank());
        jwtIssuer = jwtIssuer.filter(text -> !text.isBlank());
        jwtAudience = jwtAudience.filter(text -> !text.isBlank());
        require(
                "tlsCertificate",
                tlsCertificate.isEmpty() || tlsKey.isPresent(),
                "needs VERSICLE_TLS_KEY to be set, too");
        require(
                "tlsKey",
                tlsKey.isEmpty() || tlsCertificate.isPresent(),
                "needs VERSICLE_TLS_CERTIFICATE to be set, too");
        require("jwksUrl", jwksUrl.map(Settings::isWeb).orElse(true), "must be an http or https URL");
        require("jwtIssuer", jwtIssuer.isEmpty() || jwksUrl.isPresent(), "needs VERSICLE_JWKS_URL to be set, too");
        require("jwtAudience", jwtAudience.isEmpty() || jwksUrl.isPresent(), "needs VERSICLE_JWKS_URL to be set, too");
    }

    private static boolean isSet(Path path) {
        return !path.toString().isBlank();
    }

    /** What the server shows itself with, if it speaks TLS. */
    Optional<TlsFiles> tls() {
        return tlsCertificate.flatMap(certificate -> tlsKey.map(key -> new TlsFiles(certificate, key)));
    }

    /** Where an identity provider's public keys are, if there is one. */
    Optional<URI> keys() {
        return jwksUrl.map(URI::create);
    }

    /** Which addresses may be called for a caller. */
    AddressRules addresses() {
        return new AddressRules(ranges(webhooksAllow).flatMap(Optional::stream).toList());
    }

    private static Stream<Optional<AddressRange>> ranges(Optional<String> list) {
        return list.stream()
                .flatMap(text -> Stream.of(text.split(",", -1)))
                .map(String::strip)
                .map(AddressRange::parse);
    }

    long cacheBytes() {
        return (long) cacheMib << 20;
    }

    /** How much a Git client may ask. */
    GitLimits git() {
        return new GitLimits(
                gitObjects,
                gitObjectMib << 20,
                (long) gitPackMib << 20,
                gitCommands,
                gitWants,
                (long) gitRequestMib << 20,
                Duration.ofSeconds(gitSeconds),
                gitTransfers,
                gitTags);
    }

    /** How many may follow events. */
    EventLimits events() {
        return new EventLimits(eventStreams, eventStreamsOfCaller);
    }

    /** The variable that sets a component, which is written {@code jwksUrl} or {@code jwks-url}. */
    static String variable(String component) {
        return "VERSICLE_"
                + component.replaceAll("([A-Z])", "_$1").replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static boolean isWeb(String text) {
        try {
            URI url = new URI(text);
            return url.getHost() != null && List.of("http", "https").contains(url.getScheme());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static boolean isAddress(String text) {
        return isWeb(text)
                && !text.endsWith("/")
                && text.length() <= NewWebhook.SERVER_CHARACTERS_MAX
                && text.chars().noneMatch(c -> c == '@' || c == '?' || c == '#');
    }

    private static void range(String component, int value, int min, int max) {
        require(component, value >= min && value <= max, "must be " + min + " to " + max);
    }

    private static void require(String component, boolean holds, String rule) {
        if (!holds) {
            throw new StartRefused(variable(component) + " " + rule + ".");
        }
    }
}
