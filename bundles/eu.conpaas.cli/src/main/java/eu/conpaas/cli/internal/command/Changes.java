package eu.conpaas.cli.internal.command;

import eu.conpaas.api.Accepted;
import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Operation;
import eu.conpaas.api.Plan;
import eu.conpaas.api.ServiceView;
import eu.conpaas.cli.internal.CliException;
import eu.conpaas.cli.internal.Exit;
import eu.conpaas.cli.internal.grammar.Call;
import eu.conpaas.cli.internal.io.PlanText;
import eu.conpaas.cli.internal.io.Progress;
import eu.conpaas.cli.internal.remote.Session;
import java.util.Map;

/** How a change is made from the command line: planned, confirmed, waited for. */
final class Changes {
    private Changes() {
    }

    /** A request for a change; each call of it is one request. */
    @FunctionalInterface
    interface Request {
        /**
         * @param plan    whether only the plan is wanted
         * @param confirm whether warnings have been answered
         */
        Accepted send(boolean plan, boolean confirm);
    }

    /** Prints the plan of a change. */
    static int plan(Call call, Request request) {
        Plan plan = request.send(true, false).plan();
        if (plan == null) {
            throw CliException.usage("'" + call.verb().name() + "' has no plan: it starts and ends no nodes.", "Leave --plan out.");
        }
        if (call.options().json()) {
            return Outcome.json(call, plan);
        }
        call.terminal().out().print(PlanText.of(plan));
        return Exit.OK;
    }

    /** Sends the request; where the director wants a confirmation, asks for it. */
    static Accepted accepted(Call call, Request request) {
        try {
            return request.send(false, call.options().yes());
        } catch (ApiException e) {
            if (e.error().code() != ErrorCode.CONFIRMATION_NEEDED || call.options().yes()) {
                throw e;
            }
            if (!call.terminal().isInteractive()) {
                throw CliException.refused(ErrorCode.CONFIRMATION_NEEDED, e.error().words(), "Repeat the command with --yes if that is what you want.");
            }
            call.terminal().err().println(e.error().words());
            if (!call.terminal().confirm("Go on?")) {
                throw CliException.refused(ErrorCode.CONFIRMATION_NEEDED, "Not confirmed; nothing was changed.", "");
            }
            return request.send(false, true);
        }
    }

    /**
     * Waits until an operation has ended, showing its stages.
     *
     * @throws ApiException if it did not arrive, with the reason it gives
     */
    static Operation await(Call call, String id) {
        Operation last;
        try (Progress progress = new Progress(call.terminal(), call.options().json())) {
            last = call.cli().session().follow(id, progress::show);
        }
        if (last.state() != Operation.State.DONE) {
            String what = "The operation " + last.kind() + " (" + last.id() + ") "
                    + (last.state() == Operation.State.UNDONE ? "was undone; everything is as it was before" : "failed");
            throw last.error() == null ? CliException.refused(ErrorCode.STEP_FAILED, what + ".", "See 'conpaas operation " + last.id() + "'.")
                    : CliException.refused(last.error().code(), what + ": " + last.error().words(), last.error().next());
        }
        return last;
    }

    /**
     * Waits if it is to be waited for.
     *
     * @return the operation as it is known then, or null if nothing needed doing
     */
    static Operation awaitIfWanted(Call call, Accepted accepted) {
        Operation operation = accepted.operation();
        return operation != null && call.waits() ? await(call, operation.id()) : operation;
    }

    /** A change of a service by one of its methods. */
    static Request of(Session session, ServiceView service, String method, Map<String, Object> params) {
        return (plan, confirm) -> plan ? session.director().services().plan(service.sid(), method, params)
                : session.director().services().change(service.sid(), method, params, confirm);
    }

    /** What is told of a change as JSON. */
    static Map<String, Object> json(ServiceView service, Operation operation) {
        return Outcome.row("service", service.sid(), "operation", operation == null ? null : operation.id(), "state",
                operation == null ? Operation.State.DONE : operation.state());
    }
}
