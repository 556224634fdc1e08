package dev.versicle.git;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.versicle.prompt.GitLimits;
import dev.versicle.prompt.PromptId;
import dev.versicle.prompt.Wire;
import dev.versicle.storage.Repositories;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;

/**
 * A house that takes in pushes and does whatever they ask: what refuses one here is the reception, and no rule on refs.
 * Real git reaches it over HTTP, and a test by the bytes that it sends.
 */
final class Receiving implements AutoCloseable {
    final House house;
    final PromptId id;

    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private GitLimits limits = GitLimits.DEFAULT;
    private Consumer<Push> before = push -> {};

    Receiving(Path data) {
        this.house = new House(data);
        this.id = house.create("powerful", "text 1");
        house.save(id, "text 2");
        try {
            this.http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.setExecutor(threads);
        http.createContext("/", this::serve);
        http.start();
    }

    /** Lets a client send and ask for less, or more, than usual. */
    void limit(GitLimits other) {
        limits = other;
    }

    /** Does something when a push is to be judged. */
    void whenJudged(Consumer<Push> work) {
        before = work;
    }

    /** Where git finds the prompt. */
    String url() {
        return "http://127.0.0.1:" + http.getAddress().getPort() + "/x.git";
    }

    /** What the server says to a client that sends these bytes. */
    String receive(byte[] request) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            receive(new ByteArrayInputStream(request), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** What the server says to a client that goes after so many bytes. */
    String receiveBrokenOff(byte[] request, int length) throws IOException {
        InputStream going = new SequenceInputStream(new ByteArrayInputStream(request, 0, length), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the client has gone");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                throw new IOException("the client has gone");
            }
        });
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        receive(going, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    void receive(InputStream in, OutputStream out) throws IOException {
        Wire wire = new Wire(Optional.empty(), in, out, limits);
        try (Repository git = open()) {
            new Reception(shop(), id, git).receive(wire, push -> execute(push, git));
        }
    }

    Repository open() throws IOException {
        return house.repositories.open(id.hex()).orElseThrow();
    }

    private Workshop shop() {
        return new Workshop(
                house.repositories, house.catalog, new Snapshots(1 << 20), new WriteLocks(), house.now::get);
    }

    private void execute(Push push, Repository git) {
        before.accept(push);
        Repositories repositories = house.repositories;
        try {
            push.objects()
                    .admit(push.commands().stream()
                            .map(ReceiveCommand::getNewId)
                            .filter(to -> !to.equals(ObjectId.zeroId()))
                            .toList());
            for (ReceiveCommand command : push.commands()) {
                repositories.move(git, command.getRefName(), command.getOldId(), command.getNewId());
                command.setResult(ReceiveCommand.Result.OK);
                push.tell().accept("moved " + command.getRefName());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            if (path.contains("info/refs")) {
                String service = path.substring(path.indexOf('=') + 1);
                exchange.getResponseHeaders().set("Content-Type", "application/x-" + service + "-advertisement");
                exchange.sendResponseHeaders(200, 0);
                advertise(service, exchange.getResponseBody());
            } else {
                exchange.getResponseHeaders().set("Content-Type", "application/x-git-receive-pack-result");
                exchange.sendResponseHeaders(200, 0);
                boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
                InputStream body = exchange.getRequestBody();
                receive(zipped ? new GZIPInputStream(body) : body, exchange.getResponseBody());
            }
        }
    }

    private void advertise(String service, OutputStream out) throws IOException {
        Wire wire = new Wire(Optional.empty(), InputStream.nullInputStream(), out, limits);
        if (!service.equals("git-receive-pack")) {
            throw new IOException("this house is for pushes");
        }
        try (Repository git = open()) {
            new Reception(shop(), id, git).advertise(wire, House.ALICE);
        }
    }

    /** What the server says before a push. */
    String advertised() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            advertise("git-receive-pack", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Every file of the data directory but the index, with what is in it. */
    Map<String, String> files() {
        try (Stream<Path> all = Files.walk(house.root)) {
            List<Path> files = all.filter(path -> !path.getFileName().toString().startsWith("catalog.db"))
                    .toList();
            return files.stream()
                    .collect(Collectors.toMap(
                            path -> house.root.relativize(path).toString(),
                            Receiving::held,
                            (a, b) -> a,
                            TreeMap::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String held(Path path) {
        try {
            return Files.isDirectory(path) ? "" : new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.close();
        house.requireSound();
        house.close();
    }
}
