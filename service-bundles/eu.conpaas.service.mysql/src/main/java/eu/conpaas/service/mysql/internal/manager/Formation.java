package eu.conpaas.service.mysql.internal.manager;

import eu.conpaas.api.NodeView;
import eu.conpaas.service.manager.Situation;
import eu.conpaas.service.mysql.internal.doc.DoorDoc;
import eu.conpaas.service.mysql.internal.doc.ServerDoc;

/** How the servers of a service are brought up, held together and brought down; each mode has its own way. All of it may be repeated. */
interface Formation {
    /** Work that brings up servers. */
    interface Repair {
        void run() throws Exception;
    }

    /** What a node's server is configured with. */
    ServerDoc doc(NodeView node, Situation situation);

    /** How the door at the service's address, on the master's node, is to be, as of the last look at the servers. */
    DoorDoc door(NodeView node, Situation situation);

    /** Brings up the server that others will be copies of: with the data that were left, or empty. */
    void first(NodeView node, Situation situation) throws InterruptedException;

    /** Brings up a further server. */
    void further(NodeView node, Situation situation) throws InterruptedException;

    /** Waits until a further server has what the others have. */
    void caughtUp(NodeView node, Situation situation) throws InterruptedException;

    /** Makes the service be led by the master of the wanted state. */
    void impose(Situation situation) throws InterruptedException;

    /** While somebody leads: everybody is as they should be, and what nobody needs is tidied away. */
    void keep(Situation situation) throws InterruptedException;

    /** Before the usual repairs of servers that do not run. */
    void restore(Situation situation, Repair repair) throws Exception;

    /** The service stops: the master takes no more writes. The default leaves that to its end, for where the others have what it acknowledges. */
    default void close(NodeView master, Situation situation) {
    }

    /** Before a stop: a server gets what the master has. The default is for where it has that already. */
    default void lastWord(NodeView node, Situation situation) {
    }

    /** Ends the servers that must not run while other data take the place of the master's. */
    void end(Situation situation) throws InterruptedException;

    /** Starts the master's server with the data that are there now, as the one that all others are to be copies of. */
    void renew(NodeView master, Situation situation) throws InterruptedException;

    /** Gives a server a copy of the master's data in place of its own. */
    void refill(NodeView node, Situation situation) throws InterruptedException;
}
