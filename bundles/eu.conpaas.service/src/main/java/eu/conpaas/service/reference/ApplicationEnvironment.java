package eu.conpaas.service.reference;

import eu.conpaas.api.Assignment;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.Published;
import eu.conpaas.service.manager.Situation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The environment variables of an application's processes: what the other services publish, and over it what the user has set, references replaced. A
 * property of a service gives {@code <SERVICE>_<PROPERTY>}, by the service's name and, for the oldest of its type, by its type too ({@code MY_DB_ADDRESS} and, if
 * the type is {@code store}, {@code STORE_ADDRESS}), and its variable of old. What has no value now is left out.
 */
public final class ApplicationEnvironment {
    private ApplicationEnvironment() {
    }

    /** Variables of the state the service is being led to. */
    public static Map<String, String> of(Situation situation) {
        return of(situation.assignment(), situation.to());
    }

    /** Variables of one state of a service. */
    public static Map<String, String> of(Assignment assignment, DesiredState state) {
        Map<String, String> variables = automatic(assignment.published());
        References references = new References(assignment.published());
        state.environment().forEach((name, text) -> references.resolve(text).ifPresent(value -> variables.put(name, value)));
        return variables;
    }

    /** Variables that services give by themselves. */
    public static Map<String, String> automatic(List<Published> services) {
        Map<String, String> variables = new TreeMap<>();
        for (Published service : services) {
            service.variables().forEach(variables::putIfAbsent);
            put(variables, service.name(), service);
        }
        services.forEach(service -> put(variables, service.type(), service));
        return variables;
    }

    private static void put(Map<String, String> variables, String named, Published service) {
        String prefix = References.key(named).toUpperCase(Locale.ROOT);
        service.values().forEach((property, value) -> variables.putIfAbsent(prefix + "_" + property.toUpperCase(Locale.ROOT), value));
    }
}
