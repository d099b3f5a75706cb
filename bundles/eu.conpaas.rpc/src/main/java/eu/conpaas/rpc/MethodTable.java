package eu.conpaas.rpc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

import eu.conpaas.rpc.internal.Reflect;

/**
 * The methods a manager or agent answers at path {@code /}, in the form of 1.3.1: {@code GET /?method=M&params={…}&id=1}, POST with a
 * JSON body, UPLOAD as multipart. May grow while the server runs.
 */
public final class MethodTable {
    private final Access access;
    private final Map<String, MethodDef> methods = new ConcurrentSkipListMap<>();

    /** @param access who may call any of them; a handler may refuse more */
    public MethodTable(Access access) {
        if (access == null || access == Access.UNDECLARED) {
            throw new IllegalArgumentException("the method table does not say who may call it");
        }
        this.access = access;
    }

    public Access access() {
        return access;
    }

    /** @throws IllegalArgumentException if the verb has a method of this name */
    public MethodTable add(MethodDef method) {
        if (methods.putIfAbsent(key(method.verb(), method.name()), method) != null) {
            throw new IllegalArgumentException("method " + method.verb() + " " + method.name() + " stands twice");
        }
        return this;
    }

    /** Adds the {@link RpcMethod}s of an object. */
    public MethodTable addAll(Object target) {
        Reflect.methods(target).forEach(this::add);
        return this;
    }

    /** The method, or null. */
    public MethodDef find(String verb, String name) {
        return methods.get(key(verb, name));
    }

    /** In alphabetical order. */
    public List<MethodDef> all() {
        Collection<MethodDef> values = methods.values();
        return new ArrayList<>(values);
    }

    private static String key(String verb, String name) {
        return name + " " + verb;
    }
}
