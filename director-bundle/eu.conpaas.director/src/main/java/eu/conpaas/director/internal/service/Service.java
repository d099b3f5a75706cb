package eu.conpaas.director.internal.service;

import java.time.Instant;
import java.util.Map;

import eu.conpaas.api.DesiredState;
import eu.conpaas.api.Observed;
import eu.conpaas.api.ServiceState;

/**
 * A stored service.
 *
 * @param epoch        of the present manager; grows with each new one
 * @param managerNode  node id of the present manager
 * @param address      public address, or null
 * @param addressNode  node the address leads to, or null
 * @param sharedFolder key of the folder its nodes share, or null
 * @param secrets      values only its nodes may know
 * @param unpaid       whether it was stopped because its owner has no credits left
 * @param gone         when it was terminated, or null
 * @param tenant       the uid in its nodes' certificates; {@code uid} is who owns it and pays
 */
public record Service(long sid, String name, String type, ServiceState state, Instant created, String cloud, long uid, long aid,
        DesiredState desired, Observed observed, long epoch, String managerNode, String address, String addressNode, String sharedFolder,
        Map<String, String> secrets, boolean unpaid, Instant gone, long tenant) {
}
