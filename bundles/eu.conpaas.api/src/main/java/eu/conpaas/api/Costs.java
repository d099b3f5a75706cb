package eu.conpaas.api;

import java.util.List;

/**
 * What costs a user credits ({@code GET /costs}).
 *
 * @param credit       the account, with when it runs out
 * @param spentDay     charged in the last 24 hours
 * @param applications the user's own, by id
 */
public record Costs(Credit credit, long spentDay, List<OfApplication> applications) {
    public Costs {
        applications = List.copyOf(applications);
    }

    /**
     * An application's part.
     *
     * @param perHour credits an hour now
     */
    public record OfApplication(long aid, String name, long perHour, List<OfService> services) {
        public OfApplication {
            services = List.copyOf(services);
        }
    }

    /**
     * A service's part.
     *
     * @param nodes    alive, manager included
     * @param perHour  credits an hour now
     * @param spentDay charged to the user in the last 24 hours
     * @param spent    charged to the user so far
     */
    public record OfService(long sid, String name, String type, int nodes, long perHour, long spentDay, long spent) {
    }
}
