package eu.conpaas.director.internal.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.CodeVersion;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.director.internal.content.CodeVersions;
import eu.conpaas.director.internal.node.Clouds;
import eu.conpaas.director.internal.service.Types;
import eu.conpaas.director.internal.transfer.ExportDoc.DataDoc;
import eu.conpaas.director.internal.transfer.ExportDoc.ServiceDoc;
import eu.conpaas.service.data.DataPart;
import eu.conpaas.service.plan.ServicePlanner;

/** Whether an application can be made here of what an export says: nothing in it is taken on trust because a director wrote such a file once. */
final class ImportCheck {
    private static final int LONGEST_NAME = 256;
    private static final String NEXT = "Export the application again, with this release or an earlier one.";
    private final Types types;
    private final Clouds clouds;

    ImportCheck(Types types, Clouds clouds) {
        this.types = types;
        this.clouds = clouds;
    }

    /**
     * A service to be made.
     *
     * @param cloud canonical name
     * @param nodes agents it will have when it runs, 0 if it will not
     * @param late  whether some of its data may ask for a running service
     */
    record Wanted(ServiceDoc doc, String cloud, int nodes, boolean late) {
        boolean starts() {
            return doc.running() || late;
        }
    }

    /**
     * Checks everything but the bytes of the contents.
     *
     * @param cloud  where all services go, or null for the clouds the export names
     * @param placed whether these clouds must be here
     * @throws ApiException INVALID_ARGUMENT, NOT_FOUND, BAD_ARCHIVE, naming the service
     */
    List<Wanted> check(ExportDoc doc, String cloud, boolean placed) {
        List<Wanted> wanted = new ArrayList<>();
        for (ServiceDoc service : doc.services()) {
            try {
                wanted.add(check(doc, service, cloud, placed));
            } catch (ApiException e) {
                throw new ApiException(e.error().code(), "Service " + service.name() + ": " + e.error().cause(), e.error().next(), e);
            } catch (IllegalArgumentException e) {
                throw new ApiException(ErrorCode.BAD_ARCHIVE, "Service " + service.name() + ": " + e.getMessage(), NEXT, e);
            }
        }
        return wanted;
    }

    private Wanted check(ExportDoc doc, ServiceDoc service, String asked, boolean placed) {
        if (service.name().isBlank() || service.name().length() > LONGEST_NAME || service.name().chars().anyMatch(Character::isISOControl)) {
            throw bad("its name cannot be one.");
        }
        ServicePlanner planner = types.planner(service.type());
        String named = asked == null ? service.cloud() : asked;
        String cloud = Clouds.canonical(named);
        if (placed) {
            clouds.get(cloud);
        }
        DesiredState state = service.state();
        planner.checkState(state);
        versions(planner, service);
        if (state.startupScript() != null && doc.sizes().get(state.startupScript()) > CodeVersions.LONGEST_SCRIPT) {
            throw bad("its start-up script is too large.");
        }
        if (service.git() != null) {
            service.git().check();
        }
        boolean opaque = false;
        for (DataDoc data : service.data()) {
            opaque |= new DataPart(data.name(), null, data.format()).format().equals(DataPart.OPAQUE);
        }
        boolean starts = service.running() || opaque;
        int nodes = starts ? planner.place(state.withPlacement(List.of()).withGoal(Goal.RUNNING), Set.of(), cloud).size() : 0;
        return new Wanted(service, cloud, nodes, opaque);
    }

    private static void versions(ServicePlanner planner, ServiceDoc service) {
        if (!service.versions().isEmpty() && !planner.descriptor().hasCode()) {
            throw bad("it has code versions, which a " + service.type() + " service cannot have.");
        }
        List<String> ids = new ArrayList<>();
        for (CodeVersion version : service.versions()) {
            boolean named = version.id() != null && version.id().matches("[A-Za-z0-9-]{1,64}") && version.filename() != null && version.filename().length() <= LONGEST_NAME
                    && version.filename().matches("[^/\\\\\\p{Cntrl}]+") && version.description() != null && version.time() != null;
            if (!named || !List.of("tar", "zip", CodeVersions.GIT).contains(version.type()) || ids.contains(version.id())) {
                throw bad("it has a code version that cannot be.");
            }
            ids.add(version.id());
        }
        String born = planner.initial().codeVersion();
        for (String id : new String[] {service.state().codeVersion(), service.state().previousCode()}) {
            if (id != null && !id.equals(born) && !ids.contains(id)) {
                throw bad("its version " + id + " is not in the file.");
            }
        }
    }

    private static ApiException bad(String why) {
        return new ApiException(ErrorCode.BAD_ARCHIVE, why, NEXT);
    }
}
