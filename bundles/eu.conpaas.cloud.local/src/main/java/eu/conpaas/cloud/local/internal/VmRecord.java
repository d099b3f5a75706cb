package eu.conpaas.cloud.local.internal;

import eu.conpaas.cloud.VmRequest;

/**
 * What is kept of a VM on disk, written before anything is made of it.
 *
 * @param format       version of this record
 * @param id           id of the VM, derived from its token
 * @param token        token of the request
 * @param name         name of the request
 * @param size         name of its size
 * @param sharedFolder key of its shared folder, or null
 * @param privileged   whether it may mount
 * @param mode         {@link Mode#id}
 * @param number       last number of its address
 * @param address      its address
 * @param machine      the machine's boot id when it was ordered: pids and start times mean nothing after another boot
 * @param ending       whether its end has begun
 */
record VmRecord(int format, String id, String token, String name, String size, String sharedFolder, boolean privileged, String mode,
        int number, String address, String machine, boolean ending) {

    static VmRecord of(String id, VmRequest request, String size, Mode mode, String prefix, int number) {
        return new VmRecord(1, id, request.token(), request.name(), size, request.sharedFolder(), request.privileged(), mode.id(), number,
                prefix + "." + number, Procs.machine(), false);
    }

    VmRecord asEnding() {
        return new VmRecord(format, id, token, name, size, sharedFolder, privileged, mode, number, address, machine, true);
    }

    /** Where it runs: it keeps the mode it was made in. */
    Mode isolation() {
        return Mode.of(mode);
    }

    /** Name by which its processes know it, unique in the installation. */
    String hostname() {
        String start = name.length() > 50 ? name.substring(0, 50) : name;
        return start.toLowerCase(java.util.Locale.ROOT) + "-" + number;
    }
}
