package dev.versicle.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says in which dialect a controller's refusals are worded. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Speaks {
    /** The dialect's class; it is a bean. */
    Class<? extends Dialect> value();
}
