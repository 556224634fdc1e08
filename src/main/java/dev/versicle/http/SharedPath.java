package dev.versicle.http;

import io.micronaut.http.HttpRequest;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says at which of the doors behind one URL a controller stands: its routes are there for the requests of that door,
 * and for the others they do not exist ({@link Doorkeeper}).
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface SharedPath {
    /** The header that tells the doors apart, and carries the token of who comes to {@link Door#ORKES}. */
    String HEADER = "X-Authorization";

    /** The door whose requests the controller answers. */
    Door door();

    /** The doors that share paths. */
    enum Door {
        /** Takes the requests without {@link #HEADER}. */
        TETHER,
        /** Takes the requests with {@link #HEADER}, whatever it holds. */
        ORKES;

        /** The door at which a request stands. */
        static Door of(HttpRequest<?> request) {
            return request.getHeaders().contains(HEADER) ? ORKES : TETHER;
        }
    }
}
