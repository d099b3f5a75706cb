package eu.conpaas.director.internal;

import eu.conpaas.api.CodeVersion;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.service.ServiceType;
import eu.conpaas.service.agent.AgentContext;
import eu.conpaas.service.agent.ServiceAgent;
import eu.conpaas.service.manager.ManagerContext;
import eu.conpaas.service.manager.ServiceManager;
import eu.conpaas.service.plan.Change;
import eu.conpaas.service.plan.ChangeRequest;
import eu.conpaas.service.plan.DescriptorReader;
import eu.conpaas.service.plan.ServicePlanner;
import eu.conpaas.service.plan.SettingValues;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** A service type with two roles, planned by the SDK's defaults, and a few changes of its own. */
final class DemoType implements ServiceType, ServicePlanner {
    private static final ServiceDescriptor DESCRIPTOR = read("""
            {"id": "demo", "title": "Demo", "group": "Test", "description": "A type for tests.", "engine": "none",
             "hasCode": true, "sharedFolder": true, "publicAddress": true,
             "addresses": [{"id": "aside", "roles": ["back", "front"], "help": "work"}],
             "roles": [{"id": "front", "title": "front", "min": 1, "initial": 1, "max": 4, "help": "entry"},
                       {"id": "back", "title": "back", "min": 0, "initial": 1, "max": 10, "help": "work"}],
             "settings": [{"id": "colour", "title": "Colour", "type": "choice", "defaultValue": "red", "choices": ["red", "blue"], "help": "red or blue"},
                          {"id": "depth", "title": "Depth", "type": "integer", "defaultValue": "1", "help": "a number"}],
             "methods": [
               {"name": "set_environment", "verb": "POST", "kind": "change", "help": "Sets variables.",
                "params": [{"name": "environment", "type": "object", "required": true, "help": "Names and values."}]},
               {"name": "configure", "verb": "POST", "kind": "change", "help": "Sets settings and code.",
                "params": [{"name": "settings", "type": "object", "required": false, "help": "Names and values."},
                           {"name": "codeVersionId", "type": "string", "required": false, "help": "Version."}],
                "command": {"name": "enable_code", "arguments": ["codeVersionId"], "form": "message", "output": "enabled"}},
               {"name": "upload_authorized_key", "verb": "UPLOAD", "kind": "store", "help": "Stores keys.",
                "params": [{"name": "key", "type": "file", "required": true, "help": "Keys."}]},
               {"name": "list_authorized_keys", "verb": "GET", "kind": "store", "help": "Lists keys.", "params": []},
               {"name": "remove_authorized_key", "verb": "POST", "kind": "store", "help": "Removes a key.",
                "params": [{"name": "key", "type": "string", "required": true, "help": "Which."}]},
               {"name": "update_git_configuration", "verb": "POST", "kind": "store", "help": "What a push does.",
                "params": [{"name": "activate", "type": "string", "required": false, "help": "on or off."},
                           {"name": "branch", "type": "string", "required": false, "help": "Name."}]},
               {"name": "set_password", "verb": "POST", "kind": "change", "help": "Sets the password.",
                "params": [{"name": "password", "type": "string", "required": true, "secret": true, "pattern": ".{8,}", "help": "At least 8 characters."}]},
               {"name": "take", "verb": "UPLOAD", "kind": "change", "help": "Takes a file.",
                "params": [{"name": "what", "type": "file", "required": true, "help": "Any."}]},
               {"name": "upload_code_version", "verb": "UPLOAD", "kind": "store", "help": "Stores a version.",
                "params": [{"name": "code", "type": "file", "required": true, "help": "Archive."},
                           {"name": "description", "type": "string", "required": false, "help": "Free text."}]}],
             "publishes": [{"name": "address", "value": "${address}", "variable": "DEMO_IP", "help": "Where it is."},
                           {"name": "greeting", "value": "hello ${reported:who}", "help": "What it says."},
                           {"name": "aside", "value": "${address:aside}", "help": "Where work is done."},
                           {"name": "back", "value": "${role:back}", "help": "Who works."}],
             "manifest": {
               "instances": [{"key": "front", "role": "front", "offset": 0}, {"key": "workers", "role": "back", "offset": -1}],
               "fields": [
                 {"name": "Archive", "type": "url", "running": false, "initial": false, "current": "code", "help": "Code.",
                  "calls": [{"method": "upload_code_version", "arguments": {"code": "${file}", "description": "from a manifest"}},
                            {"method": "configure", "arguments": {"codeVersionId": "${codeVersionId}"}}]},
                 {"name": "Settings", "type": "object", "running": false, "initial": false, "current": "settings", "help": "Settings.",
                  "calls": [{"method": "configure", "arguments": {"settings": "${value}"}}]},
                 {"name": "Environment", "type": "object", "running": false, "initial": false, "current": "environment", "help": "Variables.",
                  "calls": [{"method": "set_environment", "arguments": {"environment": "${value}"}}]},
                 {"name": "Password", "type": "secret", "running": true, "initial": false, "help": "Password.",
                  "calls": [{"method": "set_password", "arguments": {"password": "${value}"}}]}]}}
            """);

    private static ServiceDescriptor read(String json) {
        try {
            return DescriptorReader.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Change change(ChangeRequest request, DesiredState now) {
        if (now.data().containsKey(DesiredState.REQUEST + "password")) {
            throw new IllegalStateException("what was asked for once is asked for still");
        }
        return switch (request.method()) {
            case "set_environment" -> new Change("settings", now.withEnvironment(texts(request.arguments().get("environment"))));
            case "set_password" -> new Change("settings", now.withData(Map.of(DesiredState.SECRET + "password",
                    Integer.toHexString(request.text("password").hashCode()), DesiredState.REQUEST + "password", "now")));
            case "take" -> new Change("take", now.withData(Map.of(DesiredState.REQUEST + "what", request.file("what").hash(), "taken", request.file("what").hash())));
            case "configure" -> configure(request, now);
            default -> ServicePlanner.super.change(request, now);
        };
    }

    private static Change configure(ChangeRequest request, DesiredState now) {
        DesiredState wanted = now;
        if (request.arguments().get("settings") != null) {
            Map<String, String> settings = new TreeMap<>(now.settings());
            settings.putAll(texts(request.arguments().get("settings")));
            SettingValues.check(DESCRIPTOR, settings);
            wanted = wanted.withSettings(settings);
        }
        String version = request.text("codeVersionId");
        if (version != null && request.versions().stream().map(CodeVersion::id).noneMatch(version::equals)) {
            throw new IllegalStateException("no version " + version);
        }
        return new Change("settings", version == null ? wanted : wanted.withCode(version));
    }

    private static Map<String, String> texts(Object object) {
        Map<String, String> texts = new TreeMap<>();
        ((Map<?, ?>) object).forEach((k, v) -> texts.put(k.toString(), v.toString()));
        return texts;
    }

    @Override
    public ServiceDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public ServicePlanner planner() {
        return this;
    }

    @Override
    public ServiceManager manager(ManagerContext context) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ServiceAgent agent(AgentContext context) {
        throw new UnsupportedOperationException();
    }
}
