package eu.conpaas.director.internal.operation;

import java.util.Map;

import eu.conpaas.api.ApiError;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.Operation;
import eu.conpaas.api.ServiceState;
import eu.conpaas.director.internal.Failpoint;
import eu.conpaas.director.internal.account.Applications;
import eu.conpaas.director.internal.node.Nodes;
import eu.conpaas.director.internal.service.Service;
import eu.conpaas.director.internal.service.Services;
import eu.conpaas.director.internal.store.Session;

/** How operations end. */
final class Outcome {
    private final Core core;
    private final Progress progress;
    private final Addresses addresses;

    Outcome(Core core, Progress progress, Addresses addresses) {
        this.core = core;
        this.progress = progress;
        this.addresses = addresses;
    }

    /** All steps are done: the target becomes the desired state. */
    void arrive(OperationRow op) {
        Failpoint.BEFORE_TARGET.hit();
        Service service = core.database().read(s -> Services.get(s, op.sid()));
        if (op.target().goal() == Goal.TERMINATED) {
            clearOutside(service);
            Failpoint.BEFORE_SERVICE_GONE.hit();
        } else if (op.kind().equals(OperationRow.CREATE)) {
            addresses.reserve(service);
        }
        core.database().write(s -> {
            if (Operations.get(s, op.id()).finished() == null) {
                settle(s, op, op.target().settled());
                progress.finish(s, op, Operation.State.DONE, null);
            }
            return null;
        });
        Failpoint.AFTER_TARGET.hit();
    }

    private void settle(Session s, OperationRow op, DesiredState target) {
        Service service = Services.get(s, op.sid());
        Services.setDesired(s, op.sid(), target);
        if (target.goal() == Goal.TERMINATED) {
            gone(s, service);
            return;
        }
        if (target.goal() != Goal.RUNNING) {
            Services.setAddresses(s, op.sid(), Addresses.detached(service));
        } else {
            Services.setUnpaid(s, op.sid(), false);
        }
        progress.serviceState(s, service, stateOf(target.goal()), op.kind() + " done");
    }

    static ServiceState stateOf(Goal goal) {
        return switch (goal) {
            case CREATED -> ServiceState.INIT;
            case RUNNING -> ServiceState.RUNNING;
            case STOPPED, TERMINATED -> ServiceState.STOPPED;
        };
    }

    /** What the cloud keeps for the service beyond its nodes. */
    private void clearOutside(Service service) {
        addresses.release(service);
        if (service.sharedFolder() != null) {
            core.clouds().get(service.cloud()).removeSharedFolder(service.sharedFolder());
        }
    }

    private void gone(Session s, Service service) {
        core.versions().removeAll(s, service.sid());
        Services.setState(s, service.sid(), ServiceState.STOPPED, "terminated", core.clock().instant());
        Services.setGone(s, service.sid(), core.clock().instant());
        core.events().add(s, "service.gone", service.uid(), service.aid(), service.sid(), Map.of("name", service.name()));
        s.afterCommit(() -> core.bells().ring(service.sid()));
        boolean last = Services.ofApplication(s, service.aid()).isEmpty();
        if (last && Applications.find(s, service.aid()).map(a -> a.deleting()).orElse(false)) {
            Applications.drop(s, service.aid());
            core.events().add(s, "application", service.uid(), service.aid(), 0, Map.of("deleted", true));
        }
    }

    /** Everything is as it was before. */
    void undone(OperationRow op) {
        boolean made = op.kind().equals(OperationRow.CREATE);
        if (made) {
            clearOutside(core.database().read(s -> Services.get(s, op.sid())));
        }
        core.database().write(s -> {
            if (Operations.get(s, op.id()).finished() != null) {
                return null;
            }
            Service service = Services.get(s, op.sid());
            if (made) {
                gone(s, service);
            } else {
                progress.serviceState(s, service, op.stateBefore(), op.kind() + " undone" + (op.error() == null ? "" : ": " + op.error().cause()));
            }
            progress.finish(s, op, Operation.State.UNDONE, null);
            return null;
        });
    }

    /** After its switch an operation could not be finished: its target is in force, nodes it should have removed are the reconciler's. */
    void giveUp(OperationRow op, ApiError error) {
        core.database().write(s -> {
            if (Operations.get(s, op.id()).finished() != null) {
                return null;
            }
            Service service = Services.get(s, op.sid());
            Services.setDesired(s, op.sid(), op.target().settled());
            progress.serviceState(s, service, ServiceState.ERROR, error.cause());
            progress.finish(s, op, Operation.State.FAILED, error);
            return null;
        });
    }


    /** All nodes of a service that the cloud may hold, the manager last. */
    static java.util.List<String> nodesOf(Session s, Service service) {
        return Nodes.ofService(s, service.sid()).stream().sorted(java.util.Comparator.comparing(n -> n.id().equals(service.managerNode())))
                .map(n -> n.id()).toList();
    }
}
