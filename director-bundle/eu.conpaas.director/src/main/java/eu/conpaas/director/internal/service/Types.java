package eu.conpaas.director.internal.service;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.service.ServiceType;
import eu.conpaas.service.plan.ServicePlanner;

/** The service types whose bundles are there; they come and go while the director runs. */
public final class Types {
    private final Map<String, ServiceType> types = new ConcurrentSkipListMap<>();

    public void add(ServiceType type) {
        types.put(type.descriptor().id(), type);
    }

    public void remove(ServiceType type) {
        types.remove(type.descriptor().id(), type);
    }

    public List<String> names() {
        return List.copyOf(types.keySet());
    }

    public List<ServiceDescriptor> descriptors() {
        return types.values().stream().map(ServiceType::descriptor).toList();
    }

    /** @throws ApiException NOT_FOUND if there is no such type */
    public ServicePlanner planner(String type) {
        ServiceType found = types.get(type);
        if (found == null) {
            throw new ApiException(ErrorCode.NOT_FOUND, "Unknown service type: " + type, "Available: " + String.join(", ", names()) + ".");
        }
        return found.planner();
    }

    public ServiceDescriptor descriptor(String type) {
        return planner(type).descriptor();
    }
}
