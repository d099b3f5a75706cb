package eu.conpaas.node.internal;

import eu.conpaas.api.Assignment;
import eu.conpaas.pki.KeyMaterial;
import eu.conpaas.rpc.MethodTable;
import eu.conpaas.service.ServiceType;
import eu.conpaas.service.manager.ServiceManager;
import eu.conpaas.service.runtime.AddOns;
import eu.conpaas.service.runtime.DataMethods;
import eu.conpaas.service.runtime.Environment;
import eu.conpaas.service.runtime.HttpAgentCalls;
import eu.conpaas.service.runtime.ManagerMethods;
import eu.conpaas.service.runtime.ManagerRuntime;
import java.security.cert.X509Certificate;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A manager. */
final class ManagerPart implements Part {
    private static final Logger LOG = LoggerFactory.getLogger(ManagerPart.class);
    private final HttpAgentCalls agents;
    private final ManagerRuntime runtime;
    private final ServiceManager manager;
    private final NodeDirector director;
    private final MethodTable methods;
    private final AddOns addOns;
    private final long owner;
    private final Runnable following;

    ManagerPart(Environment environment, ServiceType type, Common common, NodeDirector director, KeyMaterial keys, Node.TypeFinder types) {
        this.director = director;
        this.owner = environment.node().uid();
        this.agents = new HttpAgentCalls(environment.node(), keys);
        this.manager = type.manager(environment);
        this.addOns = new AddOns(environment.node(), environment.folders().root().resolve("add-ons"), director);
        this.runtime = new ManagerRuntime(manager, director, agents, () -> LOG.warn("this manager waits to be ended"), addOns::assigned);
        this.methods = new ManagerMethods(type.descriptor(), manager, runtime, director, common.logs(), addOns).table().addAll(common.methods())
                .addAll(new DataMethods(manager, runtime, environment.cache()));
        this.following = types.follow(addOns::add);
    }

    @Override
    public MethodTable methods() {
        return methods;
    }

    @Override
    public boolean admits(long uid, X509Certificate certificate) {
        Assignment.Callers callers = runtime.situation().assignment().callers();
        return callers == null ? uid == owner : callers.uids().contains(uid) && !callers.revoked().contains(certificate.getSerialNumber().toString(16));
    }

    @Override
    public void start() {
        runtime.start();
    }

    @Override
    public String trouble() {
        return null;
    }

    @Override
    public Map<String, Double> sample() {
        return Map.of();
    }

    @Override
    public void end() {
        addOns.close();
        runtime.end();
    }

    @Override
    public void close() {
        following.run();
        addOns.close();
        runtime.close();
        director.close();
        agents.close();
    }
}
