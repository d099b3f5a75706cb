package eu.conpaas.cloud;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a driver needs to know of a cloud and of the director that uses it.
 *
 * @param name         name of the cloud in the director ({@code default}, or a section's name)
 * @param installation id of the director's installation; everything made carries it, and two installations never meet
 * @param folder       a folder of the director's for this cloud's own use
 * @param nodeProduct  folder with the unpacked node product (bin/conpaas-node), for clouds on this machine
 * @param options      the keys of the cloud's section, upper case
 */
public record CloudConfig(String name, String installation, Path folder, Path nodeProduct, Map<String, String> options) {
}
