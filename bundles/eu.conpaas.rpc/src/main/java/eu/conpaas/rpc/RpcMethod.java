package eu.conpaas.rpc;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Makes a public method of a plain object a method of a manager or agent; see {@link MethodTable}. Arguments as with {@link Expose}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface RpcMethod {
    /** Its name on the wire; empty for the method's own. */
    String value() default "";

    /** {@code GET}, {@code POST} or {@code UPLOAD}, as 1.3.1 spells it. */
    String verb();

    /** One sentence for the API document. */
    String help();
}
