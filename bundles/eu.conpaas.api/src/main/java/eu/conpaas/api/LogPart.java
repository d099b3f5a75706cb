package eu.conpaas.api;

/**
 * Part of a log file ({@code GET /services/<sid>/log}).
 *
 * @param node   node it is from
 * @param file   its name there, such as {@code node.log}
 * @param offset byte at which {@code text} begins; a negative one in the request counts from the end
 * @param next   where to go on; the same as before means nothing new
 * @param size   bytes of the file
 * @param text   whole lines as far as there are any
 */
public record LogPart(String node, String file, long offset, long next, long size, String text) {
}
