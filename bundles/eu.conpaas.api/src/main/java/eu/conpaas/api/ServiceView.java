package eu.conpaas.api;

import java.time.Instant;
import java.util.Map;

/**
 * A service as listed; the field names of 1.3.1 with additions.
 *
 * @param sid            id
 * @param name           shown to people
 * @param type           service type id
 * @param state          last observed state
 * @param created        when
 * @param manager        address of the manager, empty before it has one
 * @param managerPort    its port (added field)
 * @param vmid           the manager's VM id
 * @param cloud          cloud of the manager
 * @param user_id        owner
 * @param application_id application
 * @param address        public address of the service, or null (added field)
 * @param operation      id of the operation under way, or null (added field)
 * @param tenant         the uid in the certificates of its nodes: its first owner's (added field)
 * @param addresses      further addresses of the service by their ids in the descriptor (added field)
 */
public record ServiceView(long sid, String name, String type, ServiceState state, Instant created, String manager, int managerPort,
        String vmid, String cloud, long user_id, long application_id, String address, String operation, long tenant, Map<String, String> addresses) {
    public ServiceView {
        addresses = addresses == null ? Map.of() : Map.copyOf(addresses);
    }

    /** One that has always had the same owner, without further addresses. */
    public ServiceView(long sid, String name, String type, ServiceState state, Instant created, String manager, int managerPort, String vmid, String cloud,
            long user_id, long application_id, String address, String operation) {
        this(sid, name, type, state, created, manager, managerPort, vmid, cloud, user_id, application_id, address, operation, user_id, Map.of());
    }
}
