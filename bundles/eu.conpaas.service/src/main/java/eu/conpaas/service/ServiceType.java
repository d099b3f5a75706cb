package eu.conpaas.service;

import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.service.agent.AgentContext;
import eu.conpaas.service.agent.ServiceAgent;
import eu.conpaas.service.manager.ManagerContext;
import eu.conpaas.service.manager.ServiceManager;
import eu.conpaas.service.plan.ServicePlanner;

/**
 * The door of a service bundle: one DS component offers this. The director uses {@link #descriptor()} and {@link #planner()}, a manager
 * node {@link #manager}, an agent node {@link #agent}; none of them needs to know which service it is.
 */
public interface ServiceType {
    /** What the service is, from the bundle's {@code service.json}. */
    ServiceDescriptor descriptor();

    /** How its changes are planned; pure. */
    ServicePlanner planner();

    /** The logic that steers one service; called on manager nodes only. */
    ServiceManager manager(ManagerContext context);

    /** What runs engines; called on agent nodes only. */
    ServiceAgent agent(AgentContext context);
}
