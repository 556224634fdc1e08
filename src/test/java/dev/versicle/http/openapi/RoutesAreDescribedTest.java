package dev.versicle.http.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.versicle.Server;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The routes and the documents are the same: every route in one document, every operation a route. */
final class RoutesAreDescribedTest {
    @TempDir
    private Path directory;

    @Test
    void everyRouteIsDescribedWithItsParametersAndEveryOperationIsARoute() {
        assertEquals(routes(Map.of()), Documents.parameters(Documents.trees()));
    }

    @Test
    void noOperationIsInTwoDocuments() {
        List<String> addresses = Documents.trees().stream()
                .flatMap(tree -> Documents.operations(tree).stream())
                .map(Documents.Operation::address)
                .sorted()
                .toList();
        assertEquals(List.copyOf(new TreeSet<>(addresses)), addresses);
    }

    @Test
    void aRouteThatNoDocumentHasIsFound() {
        Map<String, Set<String>> routes = routes(Map.of("test.undeclared", true));
        routes.keySet().removeAll(Documents.parameters(Documents.trees()).keySet());
        assertEquals(Map.of("GET /undeclared", Set.of()), routes);
    }

    @Test
    void anOperationThatIsNoRouteIsFound() {
        String renamed = Documents.text(ApiDocument.TETHER).replace("/api/prompts/user:", "/api/prompts/users:");
        List<JsonNode> documents = Arrays.stream(ApiDocument.values())
                .map(document -> document == ApiDocument.TETHER ? renamed : Documents.text(document))
                .map(Documents::tree)
                .toList();
        Map<String, Set<String>> described = Documents.parameters(documents);
        described.keySet().removeAll(routes(Map.of()).keySet());
        assertEquals(Map.of("GET /api/prompts/users", Set.of("query limit", "query page")), described);
    }

    /** A HEAD belongs to its GET. */
    private Map<String, Set<String>> routes(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.putAll(Map.of("versicle.data", directory.toString(), "versicle.port", 0, "versicle.samples", false));
        try (Server server = Server.start(settings)) {
            Map<String, Set<String>> routes = new TreeMap<>();
            server.part(Router.class)
                    .uriRoutes()
                    .filter(route -> !route.getHttpMethodName().equals("HEAD"))
                    // What is said there Git itself describes: gitprotocol-http(5).
                    .filter(route -> !route.getUriMatchTemplate().toPathString().startsWith("/git/"))
                    .forEach(route -> routes.put(address(route), parameters(route)));
            return routes;
        }
    }

    /** Without the patterns of variables, of which OpenAPI knows nothing. */
    private static String address(UriRouteInfo<?, ?> route) {
        String path = route.getUriMatchTemplate().toPathString().replaceAll("\\{(\\w+):[^}]*}", "{$1}");
        return route.getHttpMethodName() + " " + path;
    }

    private static Set<String> parameters(UriRouteInfo<?, ?> route) {
        Stream<String> path =
                route.getUriMatchTemplate().getVariableNames().stream().map(name -> "path " + name);
        List<Argument<?>> arguments = List.of(route.getTargetMethod().getArguments());
        // Who takes the whole request reads its query there: its own tests hold it to what the document says.
        Stream<String> query = arguments.stream().anyMatch(argument -> argument.getType() == HttpRequest.class)
                ? Documents.parameters(Documents.trees()).getOrDefault(address(route), Set.of()).stream()
                        .filter(name -> name.startsWith("query "))
                : arguments.stream()
                        .filter(argument -> argument.isAnnotationPresent(QueryValue.class))
                        .map(argument -> "query " + argument.getName());
        return new TreeSet<>(Stream.concat(path, query).toList());
    }
}
