package eu.conpaas.api;

import java.time.Instant;

/**
 * One uploaded version of an application's code.
 *
 * @param id          {@code code-} and six letters or digits, {@code code-default}, or the first 7 (or more) digits of a commit
 * @param filename    name of the uploaded file
 * @param type        {@code tar}, {@code zip}, or {@code git} for one that was pushed (its archive is a tar)
 * @param description free text
 * @param time        when it was uploaded
 * @param hash        SHA-256 (hex) of the archive in the content store
 * @param size        bytes of the archive
 */
public record CodeVersion(String id, String filename, String type, String description, Instant time, String hash, long size) {
}
