package eu.conpaas.director.internal.service;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import eu.conpaas.api.DesiredState;
import eu.conpaas.api.Observed;
import eu.conpaas.api.ServiceDescriptor.AddressSpec;
import eu.conpaas.api.ServiceState;

/**
 * A stored service.
 *
 * @param epoch        of the present manager; grows with each new one
 * @param managerNode  node id of the present manager
 * @param addresses    its addresses by their ids in the descriptor
 * @param sharedFolder key of the folder its nodes share, or null
 * @param secrets      values only its nodes may know
 * @param unpaid       whether it was stopped because its owner has no credits left
 * @param gone         when it was terminated, or null
 * @param tenant       the uid in its nodes' certificates; {@code uid} is who owns it and pays
 */
public record Service(long sid, String name, String type, ServiceState state, Instant created, String cloud, long uid, long aid,
        DesiredState desired, Observed observed, long epoch, String managerNode, Map<String, Held> addresses, String sharedFolder,
        Map<String, String> secrets, boolean unpaid, Instant gone, long tenant) {
    /**
     * An address of a service.
     *
     * @param node id of the node it leads to, or null
     */
    public record Held(String address, String node) {
    }

    /** The public address, or null. */
    public String address() {
        return address(AddressSpec.PUBLIC);
    }

    /** The address with this id, or null. */
    public String address(String id) {
        return addresses.containsKey(id) ? addresses.get(id).address() : null;
    }

    /** Id of the node an address leads to, or null. */
    public String addressNode(String id) {
        return addresses.containsKey(id) ? addresses.get(id).node() : null;
    }

    /** All addresses but the public one. */
    public Map<String, String> furtherAddresses() {
        Map<String, String> further = new TreeMap<>();
        addresses.forEach((id, held) -> further.put(id, held.address()));
        further.remove(AddressSpec.PUBLIC);
        return further;
    }
}
