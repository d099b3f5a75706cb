package eu.conpaas.service.php.internal.doc;

import java.util.List;

/**
 * How the PHP engines of a node shall be.
 *
 * @param pairs one pair of nginx and PHP-FPM, or two while settings change
 */
public record BackendDoc(String key, CodeDoc code, List<PairDoc> pairs) {
    public BackendDoc {
        pairs = List.copyOf(pairs);
    }
}
