package eu.conpaas.cli.internal.command;

import eu.conpaas.api.Accepted;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.ServiceView;
import eu.conpaas.cli.internal.grammar.Call;

/** Waiting for a new service: its stages while it is made, then where its manager is. */
final class Creation {
    private final Call call;

    Creation(Call call) {
        this.call = call;
    }

    int run(Accepted accepted) {
        long sid = accepted.service().sid();
        if (!call.waits() || accepted.operation() == null) {
            return Outcome.message(call, "Service " + sid + " is being created.", Changes.json(accepted.service(), accepted.operation()));
        }
        try {
            Changes.await(call, accepted.operation().id());
        } catch (ApiException e) {
            if (!call.options().json()) {
                call.print("Creating new manager... failed.");
            }
            throw e;
        }
        ServiceView service = call.cli().session().service(sid);
        return Outcome.message(call, "Creating new manager on " + service.manager() + "... done.", service);
    }
}
