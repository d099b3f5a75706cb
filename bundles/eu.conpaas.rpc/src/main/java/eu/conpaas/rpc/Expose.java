package eu.conpaas.rpc;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import eu.conpaas.api.ErrorCode;

/**
 * Makes a public method of a plain object an HTTP endpoint.
 * <pre>
 * &#64;Expose(verb = Verb.GET, path = "/services/{sid}/nodes", access = Access.SERVICE_OWNER, help = "Nodes of a service.")
 * public List&lt;NodeView&gt; nodes(&#64;Param("sid") long sid, Caller caller) { … }
 * </pre>
 * Arguments of the method are either annotated with {@link Param}, or of type {@link Caller}, {@link Request} or {@link Upload}
 * (the latter annotated too). The result becomes the body: {@link Download}, {@link EventStream} and {@link Text} as they say, null as
 * status 204 ({@code true} with {@link Style#LEGACY}), anything else as JSON.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Expose {
    Verb[] verb();

    /** Path with variables in braces, each standing for one whole segment. */
    String path();

    /** Who may call it; there is no default. */
    Access access();

    /** One sentence for the API document. */
    String help();

    Style style() default Style.MODERN;

    /** With {@link Style#LEGACY}: failures whose body is the literal {@code false}; the typed error is in the header {@code X-ConPaaS-Error}. */
    ErrorCode[] falseFor() default {};

    /** Largest upload in bytes; 0 for the server's limit. Of use only where there is an {@link Upload}. */
    long maxUpload() default 0;

    /** Whether parameters that no {@link Param} names are handed over in {@link Request#params()} instead of being refused. */
    boolean open() default false;
}
