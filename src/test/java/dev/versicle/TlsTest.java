package dev.versicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.versicle.prompt.Role;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsTest {
    /** What any OpenSSL speaks that is told to, however old. */
    private static final String S_CLIENT =
            "openssl s_client -cipher DEFAULT@SECLEVEL=0 -CAfile tls.crt -verify_return_error -connect ";

    private static final Pattern README_SECTION = Pattern.compile("\n## TLS\n(.*?)\n## ", Pattern.DOTALL);
    private static final Pattern README_COMMAND = Pattern.compile("^(?:curl|git) .*$", Pattern.MULTILINE);

    @TempDir
    private Path directory;

    private TestServer start(SelfSigned files) {
        return TestServer.start(directory.resolve("data"), files.settings());
    }

    private static HttpResponse<String> get(HttpClient client, URI address) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
    }

    private static String authority(TestServer server) {
        return server.uri("").getAuthority();
    }

    @Test
    void everythingIsSaidOverTlsAndInHttp1() throws IOException, InterruptedException {
        SelfSigned files = SelfSigned.in(directory);
        try (TestServer server = start(files);
                HttpClient client = files.client()) {
            HttpResponse<String> answer = get(client, server.uri("/health"));

            assertEquals("https", server.uri("").getScheme());
            assertEquals(200, answer.statusCode());
            assertEquals(HttpClient.Version.HTTP_1_1, answer.version());
            assertEquals("TLSv1.3", answer.sslSession().orElseThrow().getProtocol());
        }
    }

    @Test
    void whoSpeaksPlainHttpThereGetsNoAnswer() {
        try (TestServer server = start(SelfSigned.in(directory));
                HttpClient client = HttpClient.newHttpClient()) {
            URI plain = URI.create("http://" + authority(server) + "/health");

            assertThrows(IOException.class, () -> get(client, plain));
        }
    }

    @Test
    void whoDoesNotKnowTheCertificateTurnsAway() {
        try (TestServer server = start(SelfSigned.in(directory));
                HttpClient client = HttpClient.newHttpClient()) {
            assertThrows(IOException.class, () -> get(client, server.uri("/health")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void tls12And13AreSpoken(String version) {
        try (TestServer server = start(SelfSigned.in(directory))) {
            String said = SelfSigned.shell(directory, S_CLIENT + authority(server) + " " + version + " < /dev/null");

            assertTrue(said.contains("Verify return code: 0 (ok)"), said);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1", "-tls1_1"})
    void nothingOlderIsSpoken(String version) {
        try (TestServer server = start(SelfSigned.in(directory))) {
            String said =
                    SelfSigned.shell(directory, S_CLIENT + authority(server) + " " + version + " < /dev/null || true");

            assertTrue(said.contains("alert protocol version"), said);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PKCS#8, RSA | openssl genpkey -algorithm RSA -out tls.key",
                "PKCS#8, EC | openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out tls.key",
                "PKCS#8, Ed25519 | openssl genpkey -algorithm ED25519 -out tls.key",
                "PKCS#1 | openssl genrsa -traditional -out tls.key",
                "SEC 1 with its curve before it | openssl ecparam -genkey -name prime256v1 -out tls.key"
            })
    void keysComeInTheFormsThatToolsMake(String form, String command) throws IOException, InterruptedException {
        SelfSigned files = SelfSigned.in(directory);
        certify(command);
        try (TestServer server = start(files);
                HttpClient client = files.client()) {
            assertEquals(200, get(client, server.uri("/health")).statusCode(), form);
        }
    }

    /** Makes another key, and a certificate for it with words before and behind it. */
    private void certify(String command) {
        SelfSigned.shell(
                directory,
                command + " && openssl req -x509 -key tls.key -days 2 -subj /CN=other -text"
                        + " -addext subjectAltName=IP:127.0.0.1 -out tls.crt && echo behind >> tls.crt");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rm tls.key | VERSICLE_TLS_KEY cannot be read: <directory>/tls.key.",
                "rm tls.crt && mkdir tls.crt | VERSICLE_TLS_CERTIFICATE cannot be read: <directory>/tls.crt.",
                "echo > tls.key | VERSICLE_TLS_KEY holds no private key in PEM.",
                "cp tls.crt tls.key | VERSICLE_TLS_KEY holds no private key in PEM.",
                "cp tls.key tls.crt | VERSICLE_TLS_CERTIFICATE holds no certificate in PEM.",
                "openssl x509 -in tls.crt -outform DER -out der && mv der tls.crt"
                        + " | VERSICLE_TLS_CERTIFICATE holds no certificate in PEM.",
                "openssl genpkey -algorithm RSA -out tls.key"
                        + " | VERSICLE_TLS_KEY is not the key of VERSICLE_TLS_CERTIFICATE.",
                "openssl genpkey -algorithm ED25519 -out tls.key"
                        + " | VERSICLE_TLS_KEY is not the key of VERSICLE_TLS_CERTIFICATE.",
                "openssl pkey -in tls.key -aes256 -passout pass:secret -out e && mv e tls.key"
                        + " | VERSICLE_TLS_KEY is encrypted, and nobody is there to ask for its passphrase;"
                        + " 'openssl pkey -in <it> -out <another>' takes it off.",
                "openssl genrsa -traditional -aes256 -passout pass:secret -out tls.key"
                        + " | VERSICLE_TLS_KEY is encrypted, and nobody is there to ask for its passphrase;"
                        + " 'openssl pkey -in <it> -out <another>' takes it off."
            })
    void filesThatCannotBeUsedAreRefusedWithASentence(String command, String sentence) {
        SelfSigned files = SelfSigned.in(directory);
        SelfSigned.shell(directory, command);

        StartRefused refused = assertThrows(StartRefused.class, () -> start(files));

        assertEquals(sentence.replace("<directory>", directory.toString()), refused.getMessage());
    }

    @Test
    void aCertificateThatIsNoneIsRefusedWithASentence() throws IOException {
        SelfSigned files = SelfSigned.in(directory);
        Files.writeString(files.certificate(), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        StartRefused refused = assertThrows(StartRefused.class, () -> start(files));

        String sentence = String.valueOf(refused.getMessage());
        assertTrue(sentence.startsWith("VERSICLE_TLS_CERTIFICATE and VERSICLE_TLS_KEY cannot be used: "), sentence);
    }

    @Test
    void aCertificateThatIsRenewedIsShownWithoutARestart() throws IOException, InterruptedException {
        SelfSigned files = SelfSigned.in(directory);
        try (TestServer server = start(files);
                HttpClient before = files.client()) {
            certify("openssl genpkey -algorithm RSA -out tls.key");
            server.part(Tls.class).look();

            try (HttpClient after = files.client()) {
                assertEquals(200, get(after, server.uri("/health")).statusCode());
            }
            assertThrows(IOException.class, () -> get(before, server.uri("/health")));
        }
    }

    @Test
    void filesThatCannotBeUsedAnyMoreChangeNothing() throws IOException, InterruptedException {
        SelfSigned files = SelfSigned.in(directory);
        try (TestServer server = start(files);
                HttpClient client = files.client()) {
            SelfSigned.shell(directory, "openssl genpkey -algorithm RSA -out tls.key");
            server.part(Tls.class).look();

            assertEquals(200, get(client, server.uri("/health")).statusCode());
        }
    }

    @Test
    void whatIsSetToNothingIsNotSet() throws IOException, InterruptedException {
        Map<String, Object> settings = new HashMap<>();
        settings.put("versicle.tls-certificate", "");
        settings.put("versicle.tls-key", "");
        try (TestServer server = TestServer.start(directory.resolve("data"), settings);
                HttpClient client = HttpClient.newHttpClient()) {
            assertEquals("http", server.uri("").getScheme());
            assertEquals(200, get(client, server.uri("/health")).statusCode());
        }
    }

    @Test
    void theReadmesClientsAreLetIn() throws IOException, InterruptedException {
        SelfSigned files = SelfSigned.in(directory);
        String section = README_SECTION
                .matcher(Files.readString(Path.of("README.md")))
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
        List<String> commands = README_COMMAND
                .matcher(section)
                .results()
                .map(found -> found.group())
                .toList();
        try (TestServer server = start(files);
                HttpClient client = files.client()) {
            prompt(server, client);
            for (String command : commands) {
                SelfSigned.shell(directory, command.replace("127.0.0.1:2212", authority(server)));
            }
        }

        assertEquals(2, commands.size());
        assertEquals("Hello", Files.readString(directory.resolve("support-reply/prompt.md")));
    }

    @Test
    void aPushIsToldHttpsAddresses() throws IOException, InterruptedException {
        SelfSigned files = SelfSigned.in(directory);
        try (TestServer server = start(files);
                HttpClient client = files.client()) {
            prompt(server, client);
            String url = "https://x:" + server.adminKey() + "@" + authority(server) + "/git/default/support-reply.git";

            String said = SelfSigned.shell(
                    directory,
                    "export GIT_SSL_CAINFO=$PWD/tls.crt && git clone -q " + url + " it && cd it && echo >> prompt.md"
                            + " && git -c user.name=a -c user.email=a@b commit -qam more && git push origin main");

            assertTrue(said.contains("Version 2: " + server.uri("/v1/prompts/")), said);
        }
    }

    private static void prompt(TestServer server, HttpClient client) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.uri("/api/prompts/create"))
                .header("Authorization", "Bearer " + server.token(TestServer.caller("ada", Role.WRITER)))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"support-reply\", \"prompt\": \"Hello\"}"))
                .build();
        assertEquals(201, client.send(request, BodyHandlers.ofString()).statusCode());
    }
}
