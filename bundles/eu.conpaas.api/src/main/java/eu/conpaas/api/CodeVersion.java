package eu.conpaas.api;

import java.time.Instant;

/**
 * One uploaded version of an application's code.
 *
 * @param id          {@code code-} and six letters or digits, or {@code code-default}
 * @param filename    name of the uploaded file
 * @param type        {@code tar} or {@code zip}
 * @param description free text
 * @param time        when it was uploaded
 * @param hash        SHA-256 (hex) of the archive in the content store
 * @param size        bytes of the archive
 */
public record CodeVersion(String id, String filename, String type, String description, Instant time, String hash, long size) {
}
