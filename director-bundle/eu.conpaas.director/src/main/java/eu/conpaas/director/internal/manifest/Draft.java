package eu.conpaas.director.internal.manifest;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Plan;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.PlanStep.Actor;
import eu.conpaas.director.internal.manifest.Work.Deed;
import eu.conpaas.director.internal.manifest.Work.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plan being made: steps with what each has to do, errors, costs. */
final class Draft {
    private final List<PlanStep> fetches = new ArrayList<>();
    private final List<PlanStep> creates = new ArrayList<>();
    private final List<PlanStep> changes = new ArrayList<>();
    private final List<PlanStep> removals = new ArrayList<>();
    private final List<Deed> deeds = new ArrayList<>();
    private final List<Item> items = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, String> secrets = new LinkedHashMap<>();
    private int creditsNow;
    private int perHour;
    private int perHourNow;
    private boolean confirm;
    private double seconds;
    private int number;

    int item(Item item) {
        items.add(item);
        return items.size() - 1;
    }

    void error(String place, String what, String next) {
        errors.add(place + ": " + what + (next == null || next.isEmpty() ? "" : " " + next));
    }

    void error(String place, ApiException e) {
        error(place, e.error().cause(), e.error().next());
    }

    void warn(String warning) {
        if (!warnings.contains(warning)) {
            warnings.add(warning);
        }
    }

    void confirm(String why) {
        confirm = true;
        warn(why);
    }

    void cost(ServiceDraft service, int now, String title) {
        creditsNow += service.creditsNow();
        perHour += service.perHour();
        perHourNow += now;
        seconds += service.seconds();
        confirm |= service.confirm();
        service.warnings().forEach(w -> warn(title + ": " + w));
    }

    void removed(int now) {
        perHourNow += now;
    }

    /** @return id of the step */
    String fetch(int item, String url, String title) {
        String id = add(fetches, Work.FETCH, title, 5, false);
        deeds.add(new Deed(id, Work.FETCH, item, url, null, null));
        seconds += 5;
        return id;
    }

    void create(int item, String title) {
        String id = add(creates, Work.CREATE, title, 3, false);
        deeds.add(new Deed(id, Work.CREATE, item, null, null, null));
    }

    void change(int item, String kind, String name, Object value, String file, String title, double took) {
        String id = add(changes, kind, title, took, false);
        deeds.add(new Deed(id, kind, item, name, value, file));
    }

    /** A key whose value is kept apart from all that is shown. */
    void secret(int item, String name, String value, String title) {
        String id = add(changes, Work.FIELD, title, 1, false);
        secrets.put(id, value);
        deeds.add(new Deed(id, Work.FIELD, item, name, null, null));
    }

    void remove(int item, String title) {
        String id = add(removals, Work.REMOVE, title, 3, removals.isEmpty());
        deeds.add(new Deed(id, Work.REMOVE, item, null, null, null));
    }

    private String add(List<PlanStep> steps, String kind, String title, double took, boolean isSwitch) {
        String id = kind + "-" + ++number;
        steps.add(new PlanStep(id, Actor.DIRECTOR, kind, title, null, null, isSwitch, took));
        return id;
    }

    boolean isEmpty() {
        return deeds.isEmpty();
    }

    int creditsNow() {
        return creditsNow;
    }

    Map<String, String> secrets() {
        return secrets;
    }

    Work work(boolean fresh) {
        return new Work(fresh, items, deeds);
    }

    /** @throws ApiException INVALID_ARGUMENT with all errors found */
    Plan plan(String summary) {
        if (!errors.isEmpty()) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, String.join("\n", errors), "Correct the manifest; nothing has been done.");
        }
        List<PlanStep> steps = new ArrayList<>(fetches);
        steps.addAll(creates);
        steps.addAll(changes);
        steps.addAll(removals);
        return new Plan(ManifestJob.KIND, summary, steps, perHour, perHourNow, creditsNow, seconds, warnings, confirm);
    }
}
