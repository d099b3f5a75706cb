package eu.conpaas.rpc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import eu.conpaas.rpc.internal.Schemas;

/** Describes an endpoint table as an OpenAPI 3.1 document. */
public final class OpenApi {
    private OpenApi() {
    }

    /**
     * The document.
     *
     * @param title   of the API
     * @param version of the product
     */
    public static Map<String, Object> of(Endpoints endpoints, String title, String version) {
        Schemas schemas = new Schemas();
        Map<String, Map<String, Object>> paths = new TreeMap<>();
        for (Endpoint endpoint : endpoints.all()) {
            for (Verb verb : new java.util.TreeSet<>(endpoint.verbs())) {
                paths.computeIfAbsent(endpoint.path(), p -> new TreeMap<>())
                        .put(verb.name().toLowerCase(Locale.ROOT), operation(endpoint, verb, schemas));
            }
        }
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put("info", Map.of("title", title, "version", version));
        document.put("paths", paths);
        schemas.named().put("Error", Schemas.error());
        Map<String, Object> security = new TreeMap<>();
        security.put("certificate", Map.of("type", "mutualTLS"));
        security.put("token", Map.of("type", "http", "scheme", "bearer"));
        document.put("components", Map.of("schemas", schemas.named(), "securitySchemes", security));
        return document;
    }

    private static Map<String, Object> operation(Endpoint endpoint, Verb verb, Schemas schemas) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("summary", endpoint.help());
        operation.put("operationId", verb.name().toLowerCase(Locale.ROOT) + endpoint.path().replaceAll("[^A-Za-z0-9]+", "_"));
        operation.put("x-access", endpoint.access());
        List<Object> parameters = new ArrayList<>();
        Map<String, Object> fields = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        boolean inQuery = verb == Verb.GET || verb == Verb.DELETE;
        for (ParamDef param : endpoint.params()) {
            boolean variable = endpoint.path().contains("{" + param.name() + "}");
            if (variable || inQuery) {
                Map<String, Object> p = new LinkedHashMap<>();
                p.put("name", param.name());
                p.put("in", variable ? "path" : "query");
                p.put("required", variable || param.required());
                p.put("description", param.help());
                p.put("schema", Schemas.of(param.type()));
                parameters.add(p);
            } else {
                fields.put(param.name(), Schemas.of(param.type()));
                if (param.required()) {
                    required.add(param.name());
                }
            }
        }
        operation.put("parameters", parameters);
        if (!fields.isEmpty()) {
            operation.put("requestBody", body(endpoint, fields, required));
        }
        operation.put("responses", responses(endpoint, schemas));
        operation.put("security", endpoint.access() == Access.PUBLIC ? List.of() : List.of(Map.of("certificate", List.of()), Map.of("token", List.of())));
        return operation;
    }

    private static Map<String, Object> body(Endpoint endpoint, Map<String, Object> fields, List<String> required) {
        Map<String, Object> content = Map.of("schema", Map.of("type", "object", "properties", fields, "required", required));
        if (endpoint.takesFiles()) {
            return Map.of("content", Map.of("multipart/form-data", content));
        }
        return Map.of("content", new TreeMap<>(Map.of("application/json", content, "application/x-www-form-urlencoded", content)));
    }

    private static Map<String, Object> responses(Endpoint endpoint, Schemas schemas) {
        Map<String, Object> responses = new LinkedHashMap<>();
        responses.put("200", schemas.response(endpoint.result()));
        if (endpoint.style() == Style.MODERN) {
            Map<String, Object> error = Map.of("application/json", Map.of("schema", Map.of("$ref", "#/components/schemas/Error")));
            responses.put("default", Map.of("description", "a failure; the status goes with its code", "content", error));
        }
        return responses;
    }
}
