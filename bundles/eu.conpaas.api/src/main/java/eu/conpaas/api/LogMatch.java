package eu.conpaas.api;

/**
 * A line found in a log ({@code GET /services/<sid>/log/search}).
 *
 * @param node   node id
 * @param file   name of the log on the node
 * @param offset byte the line begins at
 * @param line   the line, cut if it is very long
 */
public record LogMatch(String node, String file, long offset, String line) {
}
