package eu.conpaas.cloud;

/**
 * An order for a VM.
 *
 * @param token        unique; the same token is the same VM
 * @param name         shown in the cloud, e.g. {@code conpaas-agent-php-u1-s2}
 * @param size         instance type, or null for the cloud's default
 * @param userData     the bootstrap document (JSON)
 * @param sharedFolder key of a folder shared with other VMs that name it, or null
 * @param privileged   whether its engines need to mount or make devices
 */
public record VmRequest(String token, String name, String size, String userData, String sharedFolder, boolean privileged) {
}
