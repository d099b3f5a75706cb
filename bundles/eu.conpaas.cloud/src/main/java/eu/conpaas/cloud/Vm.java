package eu.conpaas.cloud;

/**
 * A VM.
 *
 * @param id             the cloud's id
 * @param token          token it was ordered with, or null if the cloud does not tell
 * @param state          where it stands
 * @param address        address others reach it by, or null
 * @param privateAddress address inside the cloud, or null
 * @param sharedFolder   path inside the VM of its shared folder, or null
 * @param reason         why it failed, or null
 */
public record Vm(String id, String token, State state, String address, String privateAddress, String sharedFolder, String reason) {
    /** Where a VM stands. */
    public enum State { PENDING, RUNNING, STOPPING, STOPPED, TERMINATED, FAILED, UNKNOWN }
}
