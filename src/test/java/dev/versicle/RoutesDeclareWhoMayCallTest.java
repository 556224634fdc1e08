package dev.versicle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micronaut.context.ApplicationContext;
import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.management.endpoint.annotation.Endpoint;
import io.micronaut.management.endpoint.annotation.Sensitive;
import io.micronaut.security.annotation.Secured;
import io.micronaut.web.router.Router;
import io.micronaut.web.router.UriRouteInfo;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every route says who may call it; a management endpoint by its explicit {@code sensitive} setting. */
class RoutesDeclareWhoMayCallTest {
    private static final List<Class<? extends Annotation>> DECLARATIONS =
            List.of(Secured.class, PermitAll.class, RolesAllowed.class, DenyAll.class, Sensitive.class);

    @TempDir
    private Path directory;

    @Test
    void everyRouteDeclaresWhoMayCallIt() {
        try (Server server = start(Map.of())) {
            List<String> all = routes(server).map(UriRouteInfo::toString).toList();
            assertTrue(all.stream().anyMatch(route -> route.contains("/health")), "the walk sees routes: " + all);
            assertEquals(List.of(), undeclared(server));
        }
    }

    @Test
    void aRouteThatDoesNotIsFound() {
        try (Server server = start(Map.of("test.undeclared", true))) {
            assertEquals(List.of("GET /undeclared", "HEAD /undeclared"), undeclared(server));
        }
    }

    @Test
    void aRouteThatDoesNotIsClosedAllTheSame() {
        try (Server server = start(Map.of("test.undeclared", true));
                Client client = Client.of(server)) {
            assertEquals(401, client.get("/undeclared").statusCode());
        }
    }

    private Server start(Map<String, Object> more) {
        return Server.start(Stream.concat(
                        Map.<String, Object>of(
                                "versicle.data", directory.toString(), "versicle.port", 0, "versicle.samples", false)
                                .entrySet()
                                .stream(),
                        more.entrySet().stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static Stream<UriRouteInfo<?, ?>> routes(Server server) {
        return server.part(Router.class).uriRoutes();
    }

    private static List<String> undeclared(Server server) {
        return routes(server)
                .filter(route -> !declares(route, server.part(ApplicationContext.class)))
                .map(route -> route.getHttpMethodName() + " " + route.getUriMatchTemplate())
                .distinct()
                .sorted()
                .toList();
    }

    private static boolean declares(UriRouteInfo<?, ?> route, ApplicationContext context) {
        AnnotationMetadata annotations = route.getTargetMethod().getAnnotationMetadata();
        boolean declared = DECLARATIONS.stream().anyMatch(annotations::hasStereotype);
        return declared
                || annotations
                        .stringValue(Endpoint.class)
                        .map(id -> context.containsProperty("endpoints." + id + ".sensitive"))
                        .orElse(false);
    }
}
