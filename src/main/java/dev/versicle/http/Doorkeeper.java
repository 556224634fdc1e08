package dev.versicle.http;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.web.router.DefaultRouter;
import io.micronaut.web.router.RouteBuilder;
import io.micronaut.web.router.UriRoute;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Optional;

/**
 * Sends each request for a {@link SharedPath} to its own door.
 *
 * <p>The door is a condition of the route, so that the framework never weighs the routes of one door against those of
 * another. A filter upon its choice would come too late: of Tether's {@code /user} and Orkes' {@code /{name}} it
 * chooses the former for both doors, and the filter would leave Orkes nothing. An expression in {@code @RouteCondition}
 * would do the same as this, but makes the framework forget the route's {@code @Secured}.
 */
@Factory
final class Doorkeeper {
    @Singleton
    @Replaces(DefaultRouter.class)
    DefaultRouter router(Collection<RouteBuilder> builders) {
        builders.stream().flatMap(builder -> builder.getUriRoutes().stream()).forEach(Doorkeeper::keep);
        return new DefaultRouter(builders);
    }

    private static void keep(UriRoute route) {
        Optional<SharedPath.Door> door =
                route.toRouteInfo().getAnnotationMetadata().enumValue(SharedPath.class, "door", SharedPath.Door.class);
        door.ifPresent(own -> route.where(request -> SharedPath.Door.of(request) == own));
    }
}
