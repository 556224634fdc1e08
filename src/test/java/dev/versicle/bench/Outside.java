package dev.versicle.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The rows that a client sees: a server in a process of its own, and HTTP. */
final class Outside implements AutoCloseable {
    /** The least that a server may have, so that soon there are many times more versions than it keeps. */
    static final int CACHE_MIB = 1;

    private static final int CLIENTS = 16;
    private static final String PROMPTS = "/api/prompts";
    private static final int ID_DIGITS = 24;
    private static final int COMMIT_DIGITS = 40;

    private final ServerProcess server;
    private final Pace pace;
    private final Texts texts;
    private final List<Wire> clients = new ArrayList<>();
    private final List<Wire> strangers = new ArrayList<>();
    private final List<Home> homes = new ArrayList<>();
    private final Set<String> saved = ConcurrentHashMap.newKeySet();
    private final AtomicInteger environments = new AtomicInteger();
    private final List<Row> rows = new ArrayList<>();

    /** A client's own prompt: where its versions are. */
    private record Home(String versions) {
        String version(String etag) {
            return versions + "/" + etag.substring(1, 1 + ID_DIGITS);
        }

        /** At our own door, by its commit's whole id. */
        String commit(String etag) {
            return ours("versions/" + etag.substring(1, 1 + COMMIT_DIGITS));
        }

        /** The prompt's id. */
        String prompt() {
            return versions.substring(PROMPTS.length() + 1, PROMPTS.length() + 1 + ID_DIGITS);
        }

        /** Something of the prompt at our own door. */
        String ours(String part) {
            return versions.replaceFirst("^/api/", "/v1/").replaceFirst("versions$", part);
        }
    }

    /** What a client does, knowing which prompt is its own. */
    @FunctionalInterface
    private interface Habit {
        Load.Deed of(Wire client, Home home) throws IOException;
    }

    Outside(ServerProcess server, Pace pace, Texts texts) throws IOException {
        this.server = server;
        this.pace = pace;
        this.texts = texts;
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(server.administrator());
            homes.add(home(clients.get(i), i));
        }
    }

    /** Makes a prompt with more versions than a page shows. */
    private Home home(Wire client, int number) throws IOException {
        Map<String, String> wanted = Map.of("name", "Prompt " + number, "prompt", texts.next());
        String made = client.post(PROMPTS + "/create", wanted).being(201).body();
        Home home = new Home(
                PROMPTS + "/" + new JsonMapper().readTree(made).path("_id").asText() + "/versions");
        for (int i = 0; i < 2 * CLIENTS; i++) {
            save(client, home);
        }
        return home;
    }

    private void save(Wire client, Home home) throws IOException {
        String etag = client.post(home.versions(), Map.of("prompt", texts.next()))
                .being(201)
                .tag();
        if (!saved.add(home.version(etag))) {
            throw new IllegalStateException("Another text, and no version of its own");
        }
    }

    /**
     * Measures everything: checkpoints first, since they make what is read uncached, and the empty route last, when the
     * server is as warm as it was for those that are compared with it.
     */
    List<Row> rows() throws IOException, ExecutionException, InterruptedException {
        aloneAndTogether(Subject.CHECKPOINT, (client, home) -> () -> save(client, home));
        Home one = homes.getFirst();
        together(Subject.CHECKPOINT_ON_ONE_PROMPT, (client, home) -> () -> save(client, one));
        aloneAndTogether(Subject.CHECKPOINT_UNCHANGED, this::saveAgain);
        aloneAndTogether(Subject.READ_CACHED, (client, home) -> {
            String version = home.version(latest(client, home));
            return () -> client.get(version).being(200);
        });
        List<String> all = List.copyOf(saved);
        aloneAndTogether(
                Subject.READ_UNCACHED,
                (client, home) -> () -> client.get(any(all)).being(200));
        aloneAndTogether(Subject.READ_NOT_MODIFIED, (client, home) -> {
            String etag = latest(client, home);
            return () -> client.getUnless(home.version(etag), etag).being(304);
        });
        aloneAndTogether(Subject.READ_V1_ID, (client, home) -> {
            String etag = latest(client, home);
            environment(client, home, etag);
            return () -> client.get(home.commit(etag)).being(200);
        });
        aloneAndTogether(Subject.READ_V1_ENVIRONMENT, (client, home) -> {
            String environment = environment(client, home, latest(client, home));
            return () -> client.get(environment).being(200);
        });
        aloneAndTogether(
                Subject.LIST,
                (client, home) ->
                        () -> client.get(home.versions() + "?limit=20").being(200));
        aloneAndTogether(Subject.EDIT, (client, home) -> {
            String version = home.version(latest(client, home));
            return () -> client.patch(version, Map.of("title", "Title " + System.nanoTime()))
                    .being(200);
        });
        promotions();
        emptyRoute();
        return List.copyOf(rows);
    }

    private Load.Deed saveAgain(Wire client, Home home) throws IOException {
        Map<String, String> body = Map.of("prompt", texts.next());
        String etag = client.post(home.versions(), body).being(201).tag();
        return () -> {
            if (!client.post(home.versions(), body).being(201).tag().equals(etag)) {
                throw new IllegalStateException("The same text, and another version");
            }
        };
    }

    /** The ETag of a version that was saved just now, so that the cache has it. */
    private String latest(Wire client, Home home) throws IOException {
        return client.post(home.versions(), Map.of("prompt", texts.next()))
                .being(201)
                .tag();
    }

    /** Points a new environment to a version, which is read by its name at the address that this gives. */
    private String environment(Wire client, Home home, String etag) throws IOException {
        String name = "live-" + environments.incrementAndGet();
        client.put(home.ours("environments/" + name), Map.of("rev", etag.substring(1, 1 + COMMIT_DIGITS)))
                .being(201);
        return home.ours("versions/" + name);
    }

    /** While all clients write, which are those that the row counts. */
    private void promotions() throws IOException, ExecutionException, InterruptedException {
        Wire promoter = server.administrator();
        Home home = home(promoter, CLIENTS);
        AtomicBoolean writing = new AtomicBoolean(true);
        try (Promotion promotion =
                        new Promotion(server, promoter, home.prompt(), home.ours("environments/production"));
                ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Wire client = clients.get(i);
                Home own = homes.get(i);
                writers.add(threads.submit(() -> writeWhile(writing, client, own)));
            }
            try {
                Row alone = Load.measure(Subject.PROMOTION_HEARD, pace, List.of(promotion));
                rows.add(new Row(alone.subject(), CLIENTS, alone.runs()));
            } finally {
                writing.set(false);
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        }
    }

    private boolean writeWhile(AtomicBoolean writing, Wire client, Home home) throws IOException {
        while (writing.get()) {
            save(client, home);
        }
        return true;
    }

    private static String any(List<String> all) {
        return all.get(ThreadLocalRandom.current().nextInt(all.size()));
    }

    private void emptyRoute() throws IOException, ExecutionException, InterruptedException {
        // Not before: the server closes what is idle for a minute.
        for (int i = 0; i < CLIENTS; i++) {
            strangers.add(server.anybody());
        }
        List<Load.Deed> deeds = strangers.stream()
                .<Load.Deed>map(
                        client -> () -> client.get(BenchServer.EMPTY_ROUTE).being(200))
                .toList();
        rows.add(Load.measure(Subject.EMPTY_ROUTE, pace, deeds.subList(0, 1)));
        rows.add(Load.measure(Subject.EMPTY_ROUTE, pace, deeds));
    }

    private void aloneAndTogether(Subject subject, Habit habit)
            throws IOException, ExecutionException, InterruptedException {
        rows.add(Load.measure(subject, pace, List.of(habit.of(clients.getFirst(), homes.getFirst()))));
        together(subject, habit);
    }

    private void together(Subject subject, Habit habit) throws IOException, ExecutionException, InterruptedException {
        List<Load.Deed> deeds = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            deeds.add(habit.of(clients.get(i), homes.get(i)));
        }
        rows.add(Load.measure(subject, pace, deeds));
    }

    @Override
    public void close() throws IOException {
        for (Wire wire :
                Stream.of(clients, strangers).flatMap(Collection::stream).toList()) {
            wire.close();
        }
    }
}
