package eu.conpaas.console.model.sync;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ApplicationView;
import eu.conpaas.api.CodeVersion;
import eu.conpaas.api.Credit;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.NodeView;
import eu.conpaas.api.Operation;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.ServiceDetail;
import eu.conpaas.api.ServiceView;
import eu.conpaas.client.Director;

/** What was read of a director in one go; null and empty: not read. */
final class Reading {
    /** So many services are asked for one by one; of more, all are listed. */
    private static final int SINGLY = 12;

    Meta meta;
    List<ApplicationView> applications;
    Credit credit;
    /** All services and nodes, or null. */
    List<ServiceView> services;
    List<NodeView> nodes;
    final List<ServiceDetail> details = new ArrayList<>();
    final Set<Long> gone = new HashSet<>();
    final Map<Long, List<CodeVersion>> versions = new HashMap<>();
    /** All operations, or null. */
    List<Operation> allOperations;
    final List<Operation> operations = new ArrayList<>();

    /** What does not change while a director runs. */
    record Meta(String version, List<String> clouds, List<ServiceDescriptor> types) {
    }

    /**
     * Reads.
     *
     * @param known    services that somebody looks at closely
     * @throws ApiException if the director does not answer; nothing has been changed then
     */
    static Reading of(Director director, Stale.Part part, Set<Long> known) {
        Reading reading = new Reading();
        if (part.all) {
            reading.meta = new Meta(director.version(), director.availableClouds(), director.descriptors());
            reading.allOperations = director.operations().list(0, false);
        } else {
            part.operations.forEach(id -> reading.operation(director, id));
        }
        if (part.all || part.applications) {
            reading.applications = director.applications();
        }
        if (part.all || part.credit) {
            reading.credit = director.credit();
        }
        reading.services(director, part, known);
        return reading;
    }

    private void services(Director director, Stale.Part part, Set<Long> known) {
        Set<Long> closely = new HashSet<>(part.services);
        Set<Long> withVersions = new HashSet<>(part.versions);
        if (part.all || closely.size() > SINGLY) {
            services = director.services().list();
            nodes = director.nodes();
            if (part.all) {
                withVersions.addAll(known);
            } else {
                closely.retainAll(known);
            }
            if (part.all) {
                closely.addAll(known);
                if (services.size() <= SINGLY) {
                    services.forEach(s -> closely.add(s.sid()));
                }
            }
        }
        for (long sid : closely) {
            unlessGone(sid, () -> details.add(director.services().get(sid)));
        }
        withVersions.retainAll(known);
        for (long sid : withVersions) {
            unlessGone(sid, () -> versions.put(sid, director.services().versions(sid)));
        }
    }

    private void operation(Director director, String id) {
        try {
            operations.add(director.operations().get(id));
        } catch (ApiException e) {
            if (e.error().code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
        }
    }

    /** A service may end between the event and the question. */
    private void unlessGone(long sid, Runnable read) {
        try {
            read.run();
        } catch (ApiException e) {
            if (e.error().code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
            gone.add(sid);
        }
    }
}
