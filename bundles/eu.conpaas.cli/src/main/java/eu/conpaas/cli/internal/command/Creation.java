package eu.conpaas.cli.internal.command;

import eu.conpaas.api.Accepted;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.Operation;
import eu.conpaas.api.ServiceView;
import eu.conpaas.cli.internal.Exit;
import eu.conpaas.cli.internal.grammar.Call;

/** Waiting for a new service: says where its manager is as soon as that is known, and when it is ready. */
final class Creation {
    private final Call call;
    private boolean announced;

    Creation(Call call) {
        this.call = call;
    }

    int run(Accepted accepted) {
        ServiceView service = accepted.service();
        if (!call.waits() || accepted.operation() == null) {
            return Outcome.message(call, "Service " + service.sid() + " is being created.", Changes.json(service, accepted.operation()));
        }
        try {
            Changes.await(call, accepted.operation().id(), operation -> announce(operation, service.sid()));
        } catch (ApiException e) {
            if (announced) {
                call.print("failed.");
            }
            throw e;
        }
        if (call.options().json()) {
            return Outcome.json(call, call.cli().session().service(service.sid()));
        }
        call.print("done.");
        return Exit.OK;
    }

    private void announce(Operation operation, long sid) {
        if (announced || call.options().json() || operation.state() == Operation.State.UNDONE || operation.state() == Operation.State.FAILED) {
            return;
        }
        ServiceView service = call.cli().session().service(sid);
        if (service.manager() != null && !service.manager().isEmpty()) {
            call.terminal().out().print("Creating new manager on " + service.manager() + "... ");
            call.terminal().out().flush();
            announced = true;
        }
    }
}
