package eu.conpaas.service.mysql.internal.manager;

import eu.conpaas.service.ServiceType;
import eu.conpaas.service.mysql.GaleraServiceType;

/** Accounts, dumps, backups and restores of a Galera cluster are those of master and replica. */
class ClusterDataTest extends DataTest {
    @Override
    ServiceType type() {
        return new GaleraServiceType();
    }
}
