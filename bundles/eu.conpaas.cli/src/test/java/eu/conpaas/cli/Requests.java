package eu.conpaas.cli;

import eu.conpaas.rpc.Call;
import eu.conpaas.rpc.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The calls a fake was asked, one line each, without secrets. */
final class Requests {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    void add(String who, Call call) {
        Map<String, Object> params = new TreeMap<>(call.request().params());
        params.remove("request"); // made up for each change
        params.replaceAll((name, value) -> name.equals("password") ? "***" : value);
        call.uploads().forEach((name, file) -> params.put(name, "file of " + file.size() + " bytes"));
        String method = call.request().method() == null ? call.request().path() : call.request().method();
        lines.add(who + " " + call.request().verb() + " " + method + (params.isEmpty() ? "" : " " + Json.write(params)));
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    void clear() {
        lines.clear();
    }
}
