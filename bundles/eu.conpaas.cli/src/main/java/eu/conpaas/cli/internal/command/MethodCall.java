package eu.conpaas.cli.internal.command;

import com.fasterxml.jackson.databind.JsonNode;
import eu.conpaas.api.Operation;
import eu.conpaas.api.ServiceDescriptor.CommandSpec;
import eu.conpaas.api.ServiceDescriptor.MethodSpec;
import eu.conpaas.api.ServiceDescriptor.ParamSpec;
import eu.conpaas.api.ServiceView;
import eu.conpaas.cli.internal.CliException;
import eu.conpaas.cli.internal.Exit;
import eu.conpaas.cli.internal.grammar.Call;
import eu.conpaas.cli.internal.remote.Session;
import eu.conpaas.rpc.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One command of a service type on its way: arguments as the descriptor says, a change or stored fact asked of the director, a question
 * asked of the service's manager, the answer printed in the descriptor's form.
 */
final class MethodCall {
    private final Call call;
    private final MethodSpec method;
    private final CommandSpec command;
    private final Map<String, String> typed = new LinkedHashMap<>();

    MethodCall(Call call, MethodSpec method) {
        this.call = call;
        this.method = method;
        this.command = method.command();
        typed.put("sid", call.arg("sid"));
        for (String argument : command.arguments()) {
            ParamSpec param = TypeVerbs.param(method, argument);
            String value = call.arg(param != null && param.type().equals("file") ? "file" : argument);
            if (value != null) {
                typed.put(argument, fromInput(param, value) ? call.terminal().line() : value);
            }
        }
        method.params().stream().filter(p -> call.opt(p.name()) != null).forEach(p -> typed.putIfAbsent(p.name(), call.opt(p.name())));
    }

    /** A text given as {@code -} comes from standard input, since arguments of commands can be read by others on the machine. */
    private static boolean fromInput(ParamSpec param, String value) {
        return value.equals("-") && param != null && param.type().equals("string");
    }

    int run() {
        Map<String, Object> params = params();
        if (params.isEmpty() && !command.arguments().isEmpty() && file() == null) {
            throw CliException.usage("Missing argument: " + command.arguments().getFirst(), "Usage: conpaas " + call.verb().usage());
        }
        Path file = file();
        Session session = call.cli().session();
        ServiceView service = session.service(call.arg("sid"));
        typed.put("sid", Long.toString(service.sid()));
        if (method.answersFile()) {
            return command.form().equals("stream") && call.opt("output") == null ? stream(session, service, params) : download(session, service, params);
        }
        if (file != null && !method.kind().equals("change")) {
            return print(session.director().services().upload(service.sid(), method.name(), params, fileParam().name(), file, (done, total) -> { }));
        }
        return switch (method.kind()) {
            case "query" -> print(session.ask(service, method, params));
            case "store" -> print(session.director().services().call(service.sid(), method.name(), params));
            default -> change(session, service, params);
        };
    }

    /** A change answers with an operation; what its message tells of the service is taken from the state wanted. */
    private int change(Session session, ServiceView service, Map<String, Object> params) {
        Path file = file();
        Changes.Request request = file == null ? Changes.of(session, service, method.name(), params)
                : (plan, confirm) -> session.director().services().change(service.sid(), method.name(), params, fileParam().name(), file, plan, confirm);
        if (call.options().plan()) {
            return Changes.plan(call, request);
        }
        Operation operation = Changes.awaitIfWanted(call, Changes.accepted(call, request));
        if (call.options().json()) {
            return Outcome.json(call, Changes.json(service, operation));
        }
        return print(Json.convert(session.director().services().get(service.sid()).desired(), JsonNode.class));
    }

    private int stream(Session session, ServiceView service, Map<String, Object> params) {
        session.download(service, method, params, call.terminal().out());
        return Exit.OK;
    }

    private int download(Session session, ServiceView service, Map<String, Object> params) {
        String name = Rendering.fill(command.output() == null ? method.name() : command.output(), typed, null).replaceAll("[/\\\\\\p{Cntrl}]", "_");
        Path target = call.opt("output") != null ? Path.of(call.opt("output"))
                : LocalFile.temporary(call.terminal().environment("TMPDIR")).resolve(name);
        session.download(service, method, params, target);
        return Outcome.message(call, target + " written", Outcome.row("file", target.toString()));
    }

    private int print(JsonNode answer) {
        if (call.options().json()) {
            return Outcome.json(call, answer);
        }
        call.terminal().out().print(Rendering.of(command, typed, answer));
        return Exit.OK;
    }

    private ParamSpec fileParam() {
        return method.params().stream().filter(p -> p.type().equals("file") && typed.containsKey(p.name())).findFirst().orElse(null);
    }

    private Path file() {
        ParamSpec param = fileParam();
        return param == null ? null : LocalFile.readable(typed.get(param.name()));
    }

    private Map<String, Object> params() {
        Map<String, Object> params = new LinkedHashMap<>();
        for (ParamSpec param : method.params()) {
            if (param.secret() && !typed.containsKey(param.name()) && command.arguments().contains(param.name())) {
                params.put(param.name(), Hidden.read(call, param));
                continue;
            }
            Object value = command.fixed().containsKey(param.name()) ? filled(command.fixed().get(param.name()))
                    : typed.containsKey(param.name()) && !param.type().equals("file") ? typed(param, typed.get(param.name())) : null;
            if (value != null) {
                params.put(param.name(), value);
            }
        }
        return params;
    }

    private Object filled(Object fixed) {
        return switch (fixed) {
            case String text -> Rendering.fill(text, typed, null);
            case Map<?, ?> map -> {
                Map<String, Object> filled = new LinkedHashMap<>();
                map.forEach((name, value) -> filled.put(filled(name).toString(), filled(value)));
                yield filled;
            }
            default -> fixed;
        };
    }

    private static Object typed(ParamSpec param, String text) {
        if (param.pattern() != null && !text.matches(param.pattern())) {
            throw CliException.usage(param.secret() ? param.name() + " is not as it must be." : param.name() + " is '" + text + "', which does not match " + param.pattern() + ".",
                    param.help() == null ? "" : param.help());
        }
        return switch (param.type()) {
            case "integer" -> Call.number(param.name(), text);
            case "boolean" -> truth(param.name(), text);
            case "object" -> object(param.name(), text);
            default -> text;
        };
    }

    private static boolean truth(String name, String text) {
        return switch (text.toLowerCase(java.util.Locale.ROOT)) {
            case "true", "on", "yes", "1" -> true;
            case "false", "off", "no", "0" -> false;
            default -> throw CliException.usage(name + " is '" + text + "', neither on nor off.", "Give on or off.");
        };
    }

    private static JsonNode object(String name, String text) {
        try {
            return Json.tree(text);
        } catch (IllegalArgumentException e) {
            throw CliException.usage(name + " is " + e.getMessage() + ".", "Quote it for the shell, such as '{\"key\": \"value\"}'.");
        }
    }
}
