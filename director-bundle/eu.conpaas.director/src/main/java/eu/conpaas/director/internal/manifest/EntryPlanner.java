package eu.conpaas.director.internal.manifest;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.CodeVersion;
import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.ServiceDescriptor.ManifestField;
import eu.conpaas.director.internal.manifest.Manifest.Entry;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.service.reference.References;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Plans one service of a manifest: what has to be done before its start, the start, what is done while it runs, its size. */
final class EntryPlanner {
    private final Draft draft;
    private final ServiceDraft state;
    private final Entry entry;
    private final About about;
    private final Downloads downloads;
    private final References others;

    EntryPlanner(Draft draft, ServiceDraft state, Entry entry, About about, Downloads downloads, References others) {
        this.draft = draft;
        this.state = state;
        this.entry = entry;
        this.about = about;
        this.downloads = downloads;
        this.others = others;
    }

    /**
     * Which service.
     *
     * @param title for people
     * @param place in the manifest
     * @param there the service if it exists, or null
     */
    record About(int item, String title, String place, Service there, List<CodeVersion> versions) {
    }

    void run() {
        boolean start = entry.start() == null ? about.there() != null && state.runs() : entry.start();
        if (!start && state.runs()) {
            step(about.place(), () -> call("shutdown", Map.of(), "Stop " + about.title()));
        }
        script();
        fields(false);
        if (start && !state.runs()) {
            step(about.place(), () -> call("startup", Map.of(), "Start " + about.title()));
        }
        fields(true);
        instances();
    }

    private void step(String place, Runnable step) {
        try {
            step.run();
        } catch (ApiException e) {
            draft.error(place, e);
        }
    }

    private void call(String method, Map<String, Object> arguments, String title) {
        double seconds = state.change(method, arguments).seconds();
        draft.change(about.item(), Work.CALL, method, arguments, null, title, seconds);
    }

    private void script() {
        if (entry.startupScript() != null) {
            step(about.place() + ".StartupScript", () -> {
                if (isOwn(entry.startupScript(), state.state().startupScript())) {
                    return;
                }
                String file = fetched(entry.startupScript());
                draft.change(about.item(), Work.SCRIPT, null, null, file, "Use the startup script for nodes of " + about.title() + " made from now on", 0.5);
            });
        }
    }

    private String fetched(String url) {
        downloads.check(url);
        return draft.fetch(about.item(), url, "Fetch " + downloads.shown(url));
    }

    private void fields(boolean running) {
        for (ManifestField field : ManifestReader.fields(state.descriptor())) {
            Object value = entry.fields().get(field.name());
            if (field.running() == running && value != null && !(field.initial() && about.there() != null)) {
                step(about.place() + "." + field.name(), () -> field(field, value));
            }
        }
    }

    private void field(ManifestField field, Object value) {
        if (field.running() && !state.runs()) {
            draft.error(about.place() + "." + field.name(), "needs the service to run.", "Set Start to 1.");
            return;
        }
        switch (String.valueOf(field.current())) {
            case "settings" -> settings(field, (Map<?, ?>) value);
            case "environment" -> environment(field, (Map<?, ?>) value);
            default -> other(field, value);
        }
    }

    private void settings(ManifestField field, Map<?, ?> wanted) {
        Map<String, Object> changes = Differences.settings(state.descriptor(), state.state(), wanted);
        if (!changes.isEmpty()) {
            Map<String, Object> before = new TreeMap<>(state.state().settings());
            before.keySet().retainAll(changes.keySet());
            state.field(field, changes);
            draft.change(about.item(), Work.FIELD, field.name(), changes, null, about.title() + ": " + Differences.shown(before, changes, true), 1);
        }
    }

    private void environment(ManifestField field, Map<?, ?> wanted) {
        Map<String, Object> all = Differences.environment(state.state(), wanted);
        wanted.forEach((name, value) -> {
            if (!all.containsKey(name.toString())) {
                draft.warn(about.title() + ": variable " + name + " has no value in the manifest and none to keep; it is not set.");
            }
        });
        all.forEach((name, value) -> {
            if (References.in(value.toString()) && !value.equals(state.state().environment().get(name))) {
                others.check(name, value.toString());
            }
        });
        if (!all.equals(state.state().environment())) {
            String shown = Differences.shown(state.state().environment(), all, false);
            state.field(field, all);
            draft.change(about.item(), Work.FIELD, field.name(), all, null, about.title() + ": environment: " + shown, 1);
        }
    }

    private void other(ManifestField field, Object value) {
        String title = about.title() + ": " + field.name();
        if (field.type().equals("url")) {
            String active = about.versions().stream().filter(v -> v.id().equals(state.state().codeVersion())).map(CodeVersion::hash).findFirst().orElse(null);
            if ("code".equals(field.current()) && isOwn(value.toString(), active)) {
                return;
            }
            String file = fetched(value.toString());
            state.field(field, value);
            draft.change(about.item(), Work.FIELD, field.name(), value, file, title + " from " + downloads.shown(value.toString()), 2);
        } else {
            state.field(field, value);
            if (field.type().equals("secret")) {
                draft.secret(about.item(), field.name(), value.toString(), "Set " + title);
            } else {
                draft.change(about.item(), Work.FIELD, field.name(), value, null, "Set " + title, 1);
            }
            if (about.there() != null) {
                draft.warn(title + " is set anew; should a later step fail, it stays so.");
            }
        }
    }

    /** Whether the URL is a link to what is there already. */
    private boolean isOwn(String url, String hash) {
        return hash != null && downloads.own(url).filter(own -> own.hash().equals(hash)).isPresent();
    }

    private void instances() {
        if (entry.instances().isEmpty()) {
            return;
        }
        if (state.state().goal() != Goal.RUNNING) {
            draft.warn(about.title() + " does not run: its StartupInstances have no effect.");
            return;
        }
        Map<String, Integer> wanted = Differences.counts(state.descriptor(), state.state(), entry.instances());
        Map<String, Object> more = new LinkedHashMap<>();
        Map<String, Object> fewer = new LinkedHashMap<>();
        wanted.forEach((role, count) -> {
            int now = state.state().counts().getOrDefault(role, 0);
            (count > now ? more : fewer).put(role, Math.abs(count - now));
        });
        if (!more.isEmpty()) {
            step(about.place() + ".StartupInstances", () -> call("add_nodes", numbers("add_nodes", more), about.title() + ": add " + counted(more)));
        }
        if (!fewer.isEmpty()) {
            step(about.place() + ".StartupInstances", () -> call("remove_nodes", numbers("remove_nodes", fewer), about.title() + ": remove " + counted(fewer)));
        }
    }

    private Map<String, Object> numbers(String method, Map<String, Object> byRole) {
        Map<String, Object> arguments = new LinkedHashMap<>();
        byRole.forEach((role, number) -> arguments.put(state.descriptor().countParameter(method, role), number));
        return arguments;
    }

    private static String counted(Map<String, Object> counts) {
        return String.join(", ", counts.entrySet().stream().map(e -> e.getValue() + " " + e.getKey()).toList());
    }
}
