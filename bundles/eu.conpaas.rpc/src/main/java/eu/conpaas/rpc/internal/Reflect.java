package eu.conpaas.rpc.internal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import eu.conpaas.rpc.Call;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.Endpoint;
import eu.conpaas.rpc.Expose;
import eu.conpaas.rpc.Handler;
import eu.conpaas.rpc.MethodDef;
import eu.conpaas.rpc.Param;
import eu.conpaas.rpc.ParamDef;
import eu.conpaas.rpc.Request;
import eu.conpaas.rpc.RpcMethod;
import eu.conpaas.rpc.Upload;

/** Makes table lines of annotated methods of given objects; looks at nothing else. */
public final class Reflect {
    private static final Map<Class<?>, Object> ABSENT = Map.of(int.class, 0, long.class, 0L, boolean.class, false, double.class, 0.0);

    private Reflect() {
    }

    private interface Argument {
        Object of(Call call);
    }

    /** In the order of their paths, so that the order never changes between runs. */
    public static List<Endpoint> endpoints(Object target) {
        List<Endpoint> found = new ArrayList<>();
        for (Method method : target.getClass().getMethods()) {
            Expose e = method.getAnnotation(Expose.class);
            if (e != null) {
                found.add(new Endpoint(Set.of(e.verb()), e.path(), e.access(), e.style(), Set.of(e.falseFor()), params(method), e.open(),
                        e.maxUpload(), e.help(), method.getGenericReturnType(), handler(target, method)));
            }
        }
        found.sort(java.util.Comparator.comparing(Endpoint::path));
        return found;
    }

    public static List<MethodDef> methods(Object target) {
        List<MethodDef> found = new ArrayList<>();
        for (Method method : target.getClass().getMethods()) {
            RpcMethod m = method.getAnnotation(RpcMethod.class);
            if (m != null) {
                String name = m.value().isEmpty() ? method.getName() : m.value();
                found.add(new MethodDef(name, m.verb(), params(method), false, m.help(), handler(target, method)));
            }
        }
        return found;
    }

    private static List<ParamDef> params(Method method) {
        return Arrays.stream(method.getParameters()).filter(p -> p.isAnnotationPresent(Param.class)).map(p -> {
            Param param = p.getAnnotation(Param.class);
            return new ParamDef(param.value(), Convert.kind(p.getParameterizedType()), param.required(), param.help());
        }).toList();
    }

    private static Handler handler(Object target, Method method) {
        List<Argument> arguments = Arrays.stream(method.getParameters()).map(p -> argument(method, p)).toList();
        method.setAccessible(true);
        return call -> {
            Object[] values = arguments.stream().map(a -> a.of(call)).toArray();
            try {
                Object result = method.invoke(target, values);
                return method.getReturnType() == void.class ? null : result;
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw (Exception) e.getCause();
            }
        };
    }

    private static Argument argument(Method method, Parameter parameter) {
        Class<?> type = parameter.getType();
        if (type == Caller.class) {
            return Call::caller;
        } else if (type == Request.class) {
            return Call::request;
        } else if (type == Call.class) {
            return call -> call;
        }
        Param param = parameter.getAnnotation(Param.class);
        if (param == null) {
            throw new IllegalArgumentException(method + ": parameter " + parameter + " has no @Param");
        }
        if (type == Upload.class) {
            return call -> call.upload(param.value());
        }
        Type target = parameter.getParameterizedType();
        Object absent = ABSENT.get(type);
        return call -> {
            Object value = Convert.to(param.value(), call.get(param.value()), target);
            return value == null ? absent : value;
        };
    }
}
