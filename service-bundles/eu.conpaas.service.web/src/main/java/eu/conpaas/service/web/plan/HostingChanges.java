package eu.conpaas.service.web.plan;

import static eu.conpaas.service.web.Roles.BACKEND;
import static eu.conpaas.service.web.Roles.PROXY;
import static eu.conpaas.service.web.Roles.WEB;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceState;
import eu.conpaas.service.plan.Change;
import eu.conpaas.service.plan.ChangeRequest;
import eu.conpaas.service.plan.CommonChanges;
import eu.conpaas.service.plan.SettingValues;
import eu.conpaas.service.web.Kind;
import eu.conpaas.service.web.Release;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Turns one request into the state it asks for. A service that has further methods adds them to {@link #change}. */
public class HostingChanges {
    private static final Set<ServiceState> SETTABLE = EnumSet.of(ServiceState.INIT, ServiceState.STOPPED, ServiceState.RUNNING);
    private static final int MAX_WEIGHT = 256;
    protected final ServiceDescriptor descriptor;
    protected final ChangeRequest request;
    protected final DesiredState now;
    private final Kind kind;

    public HostingChanges(ServiceDescriptor descriptor, Kind kind, ChangeRequest request, DesiredState now) {
        this.descriptor = descriptor;
        this.kind = kind;
        this.request = request;
        this.now = now;
    }

    public Change change() {
        if (request.method().equals(kind.configure())) {
            return configuration();
        }
        if (request.method().equals(kind.setting())) {
            return setting();
        }
        return switch (request.method()) {
            case "add_nodes", "remove_nodes" -> scale();
            case "update_nodes_weight" -> weights();
            case "rollback" -> rollback();
            case "set_environment" -> environment();
            default -> CommonChanges.change(descriptor, request, now);
        };
    }

    private Change scale() {
        if (request.arguments().containsKey("count")) {
            throw new ApiException(ErrorCode.UNEXPECTED_ARGUMENT, "Unexpected arguments [count]", "Say how many of proxy, web and backend.");
        }
        Change change = CommonChanges.change(descriptor, request, now);
        Map<String, Integer> counts = change.wanted().counts();
        if (counts.get(PROXY) > 1 && (counts.get(WEB) < 1 || counts.get(BACKEND) < 1)) {
            throw invalid("more than one proxy needs at least one web and one backend node of their own; this would make "
                    + counts.get(PROXY) + " proxy, " + counts.get(WEB) + " web and " + counts.get(BACKEND) + " backend nodes.",
                    request.method().equals("add_nodes") ? "Add a web and a backend node in the same call." : "Remove proxies first, or in the same call.");
        }
        return change;
    }

    private Change configuration() {
        CommonChanges.require(request, SETTABLE);
        String version = request.text("codeVersionId");
        Object settings = request.arguments().get(kind.settings());
        if (version == null && settings == null) {
            throw new ApiException(ErrorCode.MISSING_ARGUMENT, "Missing argument \"codeVersionId\" or \"" + kind.settings() + "\"", "Give at least one of them.");
        }
        DesiredState wanted = now;
        if (settings != null) {
            wanted = settings(wanted, texts(kind.settings(), settings));
        }
        if (version != null) {
            wanted = activate(wanted, version);
        }
        return new Change(version == null ? "settings" : "activate", wanted);
    }

    private Change setting() {
        CommonChanges.require(request, SETTABLE);
        if (request.text("value") != null) {
            return new Change("settings", settings(now, Map.of(request.text("name"), request.text("value"))));
        }
        Map<String, String> settings = new TreeMap<>(now.settings());
        settings.remove(request.text("name"));
        return new Change("settings", now.withSettings(settings));
    }

    /** Changes one setting; for a service's own methods. */
    protected Change set(String setting, String value) {
        CommonChanges.require(request, SETTABLE);
        return new Change("settings", settings(now, Map.of(setting, value)));
    }

    private Change rollback() {
        CommonChanges.require(request, SETTABLE);
        if (now.previousCode() == null) {
            throw new ApiException(ErrorCode.CONFLICT, "There is no version to go back to: " + now.codeVersion() + " is the first that was active.",
                    "Choose a version with enable_code.");
        }
        return new Change("activate", activate(now, now.previousCode()));
    }

    private DesiredState activate(DesiredState state, String version) {
        if (!version.equals(Release.DEFAULT) && request.versions().stream().noneMatch(v -> v.id().equals(version))) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "Invalid codeVersionId: the service has no version " + version + ".",
                    "See list_uploads for those it has.");
        }
        return version.equals(state.codeVersion()) ? state : state.withCode(version);
    }

    private DesiredState settings(DesiredState state, Map<String, String> values) {
        SettingValues.check(descriptor, values);
        Map<String, String> settings = new TreeMap<>(state.settings());
        settings.putAll(values);
        var paths = Release.paths(settings.getOrDefault(Release.PERSISTENT, ""));
        for (String path : paths) {
            if (paths.stream().anyMatch(p -> p.startsWith(path + "/"))) {
                throw invalid(Release.PERSISTENT + ": " + path + " is named and a folder in it too.", "Name the outer folder only.");
            }
        }
        return state.withSettings(settings);
    }

    /** The value in force. */
    protected String value(String setting) {
        return SettingValues.effective(descriptor, now.settings()).get(setting);
    }

    private Change environment() {
        CommonChanges.require(request, SETTABLE);
        Map<String, String> environment = new TreeMap<>(now.environment());
        String name = request.text("name");
        if (request.arguments().get("environment") instanceof Map<?, ?> all) {
            environment.clear();
            environment.putAll(texts("environment", all));
        } else if (name == null) {
            throw new ApiException(ErrorCode.MISSING_ARGUMENT, "Missing argument \"environment\" or \"name\"", "Give the variables, or the name of one.");
        }
        if (name != null && request.text("value") == null) {
            environment.remove(name);
        } else if (name != null) {
            environment.put(name, request.text("value"));
        }
        environment.forEach(this::variable);
        return new Change("settings", now.withEnvironment(environment));
    }

    private void variable(String name, String value) {
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]{0,99}") || name.matches("PATH|HOME|LD_.*") || name.matches(kind.reserved())) {
            throw invalid("'" + name + "' cannot be the name of a variable.", "Use letters, digits and _, and no name that engines use themselves.");
        }
        if (value.length() > 8192 || value.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw invalid("the value of " + name + " is longer than 8192 characters or has control characters in it.", "Use a shorter, plain text.");
        }
    }

    private Change weights() {
        CommonChanges.require(request, EnumSet.of(ServiceState.RUNNING));
        Map<String, String> data = new TreeMap<>(now.data());
        for (String role : Set.of(WEB, BACKEND)) {
            Object weights = request.arguments().get(role);
            if (weights != null) {
                texts(role, weights).forEach((node, weight) -> data.put(Weights.key(role, node), weight(role, node, weight)));
            }
        }
        if (!request.arguments().containsKey(WEB) && !request.arguments().containsKey(BACKEND)) {
            throw new ApiException(ErrorCode.MISSING_ARGUMENT, "Missing argument \"web\" or \"backend\"", "Give weights by node id.");
        }
        return new Change("weights", now.withData(data));
    }

    private String weight(String role, String node, String weight) {
        if (!now.nodesWith(role).contains(node)) {
            throw invalid("node " + node + " has no role " + role + ".", "See list_nodes for the nodes of each role.");
        }
        if (!weight.matches("[0-9]{1,3}") || Integer.parseInt(weight) > MAX_WEIGHT || Integer.parseInt(weight) < 1) {
            throw invalid("weight '" + weight + "' of node " + node + " is no number from 1 to " + MAX_WEIGHT + ".", "100 is the usual weight.");
        }
        return weight;
    }

    private static Map<String, String> texts(String name, Object object) {
        if (!(object instanceof Map<?, ?> map)) {
            throw invalid(name + " is no object.", "Send names and values.");
        }
        Map<String, String> texts = new TreeMap<>();
        map.forEach((key, value) -> {
            if (value == null || value instanceof Map || value instanceof Iterable) {
                throw invalid(name + "." + key + " is no text or number.", "Send one value for each name.");
            }
            texts.put(String.valueOf(key), String.valueOf(value));
        });
        return texts;
    }

    private static ApiException invalid(String detail, String next) {
        return new ApiException(ErrorCode.INVALID_ARGUMENT, "Invalid arguments DETAIL:" + detail, next);
    }
}
