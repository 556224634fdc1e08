package dev.versicle;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A server over TLS that answers what it is told to, and {@code git http-backend} below {@code /git/}. Its certificate
 * is of its own signature, for 127.0.0.1, and this process trusts it until it is closed.
 */
public final class TlsServer implements AutoCloseable {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String HOST = "127.0.0.1";

    /** Made once by their addresses: it takes a second. */
    private static final Map<String, byte[]> KEYS = new ConcurrentHashMap<>();

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final SSLContext before;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    /** A request as it came over the wire. */
    public record Asked(String method, String target, Map<String, List<String>> headers) {
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name)).map(List::getFirst);
        }
    }

    private TlsServer(HttpsServer server, SSLContext before) {
        this.server = server;
        this.before = before;
    }

    /** Starts a server, which may make its certificate in {@code directory}. */
    public static TlsServer start(Path directory) {
        return start(directory, HOST);
    }

    /** Starts a server whose certificate is for {@code address}. */
    public static TlsServer start(Path directory, String address) {
        try {
            SSLContext before = SSLContext.getDefault();
            byte[] keys = KEYS.computeIfAbsent(address, name -> keys(directory.resolve(name + ".p12"), name));
            SSLContext trusting = context(keys);
            HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.ofLiteral(HOST), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(trusting));
            SSLContext.setDefault(trusting);
            TlsServer started = new TlsServer(server, before);
            server.setExecutor(started.threads);
            server.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext context(byte[] keys) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(keys), PASSWORD);
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(store, PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static byte[] keys(Path file, String address) {
        try {
            certify(file, address);
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void certify(Path file, String address) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-ext",
                "san=ip:" + address,
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!Files.exists(file)) {
            throw new AssertionError(said);
        }
    }

    /** The URL of a path. */
    public String url(String path) {
        return "https://" + HOST + ":" + port() + path;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Answers every request whose path begins so. */
    public TlsServer answers(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            remember(exchange);
            try (exchange) {
                handler.handle(exchange);
            }
        });
        return this;
    }

    /** Answers with this and nothing else. */
    public TlsServer answers(String path, int status, Map<String, String> headers, String body) {
        return answers(path, exchange -> {
            headers.forEach(exchange.getResponseHeaders()::set);
            byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        });
    }

    private void remember(HttpExchange exchange) {
        asked.add(new Asked(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                Map.copyOf(exchange.getRequestHeaders())));
    }

    /** The requests so far. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** Serves the repositories of a directory below {@code /git/}, with git's own server. */
    public TlsServer serves(Path repositories) {
        return answers("/git/", exchange -> {
            String protocol = text(exchange.getRequestHeaders().getFirst("Git-Protocol"));
            serve(repositories, exchange, protocol);
        });
    }

    /** As {@link #serves}, as a server does that has never heard of a protocol beyond 0. */
    public TlsServer servesAsOfOld(Path repositories) {
        return answers("/git/", exchange -> serve(repositories, exchange, ""));
    }

    /** As {@link #serves}, to those who have this in their {@code Authorization} alone. */
    public TlsServer serves(Path repositories, String authorization) {
        return answers("/git/", exchange -> {
            if (authorization.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                serve(repositories, exchange, "version=2");
            } else {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"git\"");
                exchange.sendResponseHeaders(401, -1);
            }
        });
    }

    private static void serve(Path repositories, HttpExchange exchange, String protocol) throws IOException {
        ProcessBuilder backend = new ProcessBuilder("git", "http-backend");
        Map<String, String> environment = backend.environment();
        environment.putAll(Map.of(
                "GIT_CONFIG_GLOBAL", "/dev/null",
                "GIT_CONFIG_NOSYSTEM", "1",
                "GIT_CONFIG_COUNT", "1",
                "GIT_CONFIG_KEY_0", "safe.directory",
                "GIT_CONFIG_VALUE_0", "*",
                "GIT_PROJECT_ROOT", repositories.toString(),
                "GIT_HTTP_EXPORT_ALL", "1",
                "PATH_INFO", exchange.getRequestURI().getPath().substring("/git".length()),
                "REQUEST_METHOD", exchange.getRequestMethod()));
        environment.put("QUERY_STRING", text(exchange.getRequestURI().getRawQuery()));
        environment.put("CONTENT_TYPE", text(exchange.getRequestHeaders().getFirst("Content-Type")));
        environment.put("GIT_PROTOCOL", protocol);
        Process process = backend.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (OutputStream in = process.getOutputStream()) {
            exchange.getRequestBody().transferTo(in);
        }
        answer(process.getInputStream(), exchange);
    }

    private static String text(String value) {
        return Optional.ofNullable(value).orElse("");
    }

    /** A CGI's answer begins with headers, among them its status. */
    private static void answer(InputStream out, HttpExchange exchange) throws IOException {
        int status = 200;
        for (String line = line(out); !line.isEmpty(); line = line(out)) {
            String[] header = line.split(": ", 2);
            if (header[0].equals("Status")) {
                status = Integer.parseInt(header[1].substring(0, 3));
            } else {
                exchange.getResponseHeaders().set(header[0], header[1]);
            }
        }
        exchange.sendResponseHeaders(status, 0);
        out.transferTo(exchange.getResponseBody());
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = in.read(); read > 0 && read != '\n'; read = in.read()) {
            line.append((char) read);
        }
        return line.toString().strip();
    }

    @Override
    public void close() {
        SSLContext.setDefault(before);
        server.stop(0);
        threads.shutdownNow();
    }
}
