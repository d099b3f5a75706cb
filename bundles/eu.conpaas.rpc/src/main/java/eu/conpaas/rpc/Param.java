package eu.conpaas.rpc;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names a parameter of an {@link Expose}d or {@link RpcMethod}: a path variable if the path has it, else taken from query, form or JSON
 * body. Types: {@code int}, {@code long}, {@code boolean} and their boxes, {@code double}, String, enums, List, Map, records (from JSON, or
 * from a string that holds JSON), Instant, {@link Upload}. An absent optional one is null, 0 or false.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Param {
    String value();

    boolean required() default true;

    /** One phrase for the API document. */
    String help() default "";
}
