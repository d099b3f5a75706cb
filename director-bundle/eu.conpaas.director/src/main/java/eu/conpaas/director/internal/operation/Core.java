package eu.conpaas.director.internal.operation;

import java.time.Clock;
import java.util.Set;

import eu.conpaas.director.internal.content.CodeVersions;
import eu.conpaas.director.internal.event.Bells;
import eu.conpaas.director.internal.event.Events;
import eu.conpaas.director.internal.node.Clouds;
import eu.conpaas.director.internal.node.NodeEnder;
import eu.conpaas.director.internal.node.NodeMaker;
import eu.conpaas.director.internal.node.Nodes;
import eu.conpaas.director.internal.service.Types;
import eu.conpaas.director.internal.store.Database;

/** What carrying out operations needs. */
public record Core(Database database, Clock clock, Types types, Clouds clouds, Nodes nodes, NodeMaker maker, NodeEnder ender, Events events, Bells bells,
        DeadNodes dead, CodeVersions versions) {

    /** Who is known to be dead now. */
    @FunctionalInterface
    public interface DeadNodes {
        /** Ids of nodes that look dead. */
        Set<String> now();
    }
}
