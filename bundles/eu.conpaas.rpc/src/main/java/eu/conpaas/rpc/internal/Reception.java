package eu.conpaas.rpc.internal;

import java.nio.file.Path;

import eu.conpaas.rpc.Access;
import eu.conpaas.rpc.Caller;
import eu.conpaas.rpc.Guard;
import eu.conpaas.rpc.Limits;
import eu.conpaas.rpc.Request;

/**
 * What every call passes, whichever form it has.
 *
 * @param guard   decides who may call
 * @param limits  of bodies and uploads
 * @param facts   tells who calls from where
 * @param uploads folder for files that come with calls
 */
record Reception(Guard guard, Limits limits, Facts facts, Path uploads) {
    /** @throws eu.conpaas.api.ApiException if this caller may not */
    Caller authorize(Request request, Access access) {
        return access == Access.PUBLIC ? Caller.anonymous(request.address()) : guard.authorize(request, access);
    }
}
