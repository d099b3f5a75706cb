package eu.conpaas.cli;

import eu.conpaas.api.Accepted;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Plan;
import eu.conpaas.api.Published;
import eu.conpaas.rpc.Call;
import eu.conpaas.rpc.Verb;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fake director's paths about manifests: one without services is refused, an update wants a confirmation. */
record FakeManifests(FakeDirector director) {
    void serve() {
        director.on(Verb.POST, "/manifests", call -> answer(call, "Create application Blog: 1 service", false));
        director.on(Verb.PUT, "/applications/{aid}/manifest", call -> answer(call, "Update application Blog: 1 service", true));
        director.on(Verb.GET, "/applications/{aid}/manifest", this::manifest);
        director.on(Verb.GET, "/services/{sid}/references", call -> call.number("sid") == 2 ? List.of() : List.of(new Published(9, "My DB", "mysql",
                List.of("address", "port"), Map.of("address", "10.0.0.9"), Map.of("MYSQL_IP", "10.0.0.9"))));
    }

    private Object answer(Call call, String summary, boolean confirm) {
        if (!call.string("manifest").contains("Services")) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "Services[0].Type: is missing\nServices[1].Start: must be 0 or 1", "Correct the manifest; nothing has been done.");
        }
        Plan made = FakeOperations.plan("manifest", "Create php 'blog'", "Start php 'blog'");
        Plan plan = new Plan(made.kind(), summary, made.steps(), made.creditsPerHour(), made.creditsPerHourNow(), made.creditsNow(), made.seconds(), made.warnings(), confirm);
        if (call.flag("plan")) {
            return new Accepted(plan, null, null);
        }
        if (confirm && !call.flag("confirm")) {
            throw new ApiException(ErrorCode.CONFIRMATION_NEEDED, "Service 'old' is not in the manifest: it is removed with all it holds.", "Confirm it.");
        }
        return new Accepted(null, director.operations.start(0, plan, () -> { }), null);
    }

    private Object manifest(Call call) {
        Map<String, Object> service = new LinkedHashMap<>();
        service.put("Type", "php");
        service.put("ServiceName", "blog");
        Map<String, Object> environment = new LinkedHashMap<>();
        environment.put("DB_PASSWORD", call.flag("secrets") ? "hidden" : null);
        service.put("Environment", environment);
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("Application", director.application(call.number("aid")).name());
        manifest.put("Services", List.of(service));
        return manifest;
    }
}
