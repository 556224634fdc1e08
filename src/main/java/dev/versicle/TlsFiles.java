package dev.versicle;

import io.micronaut.core.io.ResourceResolver;
import io.micronaut.http.HttpVersion;
import io.micronaut.http.ssl.ServerSslConfiguration;
import io.micronaut.http.ssl.SslBuilder;
import io.micronaut.http.ssl.SslConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The PEM files that a server shows itself with: a certificate, followed by those it was signed by, and its private key
 * in PKCS#8, PKCS#1 or SEC 1. What stands around the blocks is passed over, as is a block of another kind.
 */
record TlsFiles(Path certificate, Path key) {
    private static final int BYTES_MAX = 1 << 20;
    private static final String CERTIFICATE = Settings.variable("tlsCertificate");
    private static final String KEY = Settings.variable("tlsKey");
    private static final Pattern CERTIFICATES =
            Pattern.compile("-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", Pattern.DOTALL);
    private static final Pattern KEYS = Pattern.compile(
            "-----BEGIN ((?:RSA |EC |ENCRYPTED )?PRIVATE KEY)-----.*?-----END \\1-----", Pattern.DOTALL);
    /** In the old form only a header within the block says so. */
    private static final Pattern ENCRYPTED = Pattern.compile("BEGIN ENCRYPTED|,ENCRYPTED");

    /** What the files hold at one moment. */
    record Held(String certificates, String key) {
        /** The key and its certificates as Java keeps them, under one alias and without a password. */
        KeyStore store() {
            try {
                KeyStore store = Parser.parse(this);
                String alias = store.aliases().nextElement();
                require(
                        fits(store.getKey(alias, null), store.getCertificate(alias)),
                        KEY + " is not the key of " + CERTIFICATE + ".");
                return store;
            } catch (StartRefused refused) {
                throw refused;
            } catch (Exception e) {
                // Micronaut's parser throws whatever it comes upon.
                throw refused(CERTIFICATE + " and " + KEY + " cannot be used: " + e.getMessage() + ".", e);
            }
        }

        /** The server's own certificate. */
        X509Certificate own(KeyStore store) throws GeneralSecurityException {
            return (X509Certificate) store.getCertificate(store.aliases().nextElement());
        }
    }

    /**
     * Reads the files; who replaces them one after the other may be caught in between, which {@link Held#store} sees.
     */
    Held read() {
        String certificates = blocks(CERTIFICATES, text(certificate, CERTIFICATE));
        require(!certificates.isEmpty(), CERTIFICATE + " holds no certificate in PEM.");
        Optional<String> found =
                KEYS.matcher(text(key, KEY)).results().map(MatchResult::group).findFirst();
        String block = found.orElseThrow(() -> new StartRefused(KEY + " holds no private key in PEM."));
        require(
                !ENCRYPTED.matcher(block).find(),
                KEY + " is encrypted, and nobody is there to ask for its passphrase;"
                        + " 'openssl pkey -in <it> -out <another>' takes it off.");
        return new Held(certificates, block);
    }

    private static String blocks(Pattern kind, String pem) {
        return kind.matcher(pem).results().map(MatchResult::group).collect(Collectors.joining("\n"));
    }

    private static String text(Path file, String variable) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(BYTES_MAX), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw refused(variable + " cannot be read: " + file + ".", e);
        }
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new StartRefused(sentence);
        }
    }

    private static StartRefused refused(String sentence, Exception cause) {
        StartRefused refused = new StartRefused(sentence);
        refused.initCause(cause);
        return refused;
    }

    /** Whether what the key signs is verified with the certificate. */
    private static boolean fits(Key key, Certificate certificate) throws GeneralSecurityException {
        String algorithm = key.getAlgorithm();
        if (!algorithm.equals(certificate.getPublicKey().getAlgorithm())) {
            return false;
        }
        Signature signature = Signature.getInstance(
                switch (algorithm) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> algorithm;
                });
        byte[] message = algorithm.getBytes(StandardCharsets.US_ASCII);
        signature.initSign((PrivateKey) key);
        signature.update(message);
        byte[] signed = signature.sign();
        signature.initVerify(certificate.getPublicKey());
        signature.update(message);
        try {
            return signature.verify(signed);
        } catch (SignatureException otherLength) {
            return false;
        }
    }

    /** Micronaut's own parser of PEM, which it keeps to those who extend this. */
    private static final class Parser extends SslBuilder<KeyStore> {
        /** Where a resource is not a name but the text itself. */
        private static final String TEXT = "string:";

        private Parser() {
            super(new ResourceResolver());
        }

        static KeyStore parse(Held held) throws Exception {
            ServerSslConfiguration.DefaultKeyStoreConfiguration pem =
                    new ServerSslConfiguration.DefaultKeyStoreConfiguration();
            pem.setKeyPath(TEXT + held.key());
            pem.setCertificatePath(TEXT + held.certificates());
            ServerSslConfiguration configuration = new ServerSslConfiguration();
            configuration.setKeyStore(pem);
            return new Parser().getKeyStore(configuration).orElseThrow();
        }

        @Override
        public Optional<KeyStore> build(SslConfiguration ssl) {
            return Optional.empty();
        }

        @Override
        public Optional<KeyStore> build(SslConfiguration ssl, HttpVersion version) {
            return Optional.empty();
        }
    }
}
