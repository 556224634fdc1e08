package dev.versicle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate of its own signature for 127.0.0.1 and its key, made by the README's command. */
public record SelfSigned(Path certificate, Path key) {
    private static final Pattern COMMAND = Pattern.compile("^openssl req .*$", Pattern.MULTILINE);

    /** Makes them in a directory, as the README says. */
    public static SelfSigned in(Path directory) {
        shell(directory, command());
        return new SelfSigned(directory.resolve("tls.crt"), directory.resolve("tls.key"));
    }

    /** The README's command. */
    static String command() {
        try {
            Matcher matcher = COMMAND.matcher(Files.readString(Path.of("README.md")));
            if (!matcher.find()) {
                throw new AssertionError("the README makes no certificate");
            }
            return matcher.group();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a command prints, which must not fail. */
    static String shell(Path directory, String command) {
        ProcessBuilder builder = new ProcessBuilder(List.of("bash", "-c", command))
                .directory(directory.toFile())
                .redirectErrorStream(true);
        // This machine may have a word to say about whom to trust.
        builder.environment().keySet().removeAll(List.of("GIT_SSL_CAINFO", "CURL_CA_BUNDLE", "SSL_CERT_FILE"));
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.environment().put("GIT_TERMINAL_PROMPT", "0");
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(command + ": " + words);
            }
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What has a server speak TLS. */
    public Map<String, Object> settings() {
        return Map.of("versicle.tls-certificate", certificate.toString(), "versicle.tls-key", key.toString());
    }

    /** A client that trusts this certificate alone. */
    public HttpClient client() {
        return HttpClient.newBuilder().sslContext(trust()).build();
    }

    /** Trusts this certificate and no other. */
    public SSLContext trust() {
        try (InputStream in = Files.newInputStream(certificate)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(in));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
