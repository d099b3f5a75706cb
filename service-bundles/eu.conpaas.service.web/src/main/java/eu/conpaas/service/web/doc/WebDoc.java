package eu.conpaas.service.web.doc;

/** How the static-file engine of a node shall be. */
public record WebDoc(String key, CodeDoc code) {
}
