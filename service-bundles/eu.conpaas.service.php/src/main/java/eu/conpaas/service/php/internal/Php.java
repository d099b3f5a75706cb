package eu.conpaas.service.php.internal;

import eu.conpaas.service.web.Kind;
import eu.conpaas.service.web.Release;
import java.util.Set;

/** What the PHP service calls things. */
public final class Php {
    public static final Kind KIND = new Kind("php", "PHP", "update_php_configuration", "phpconf", "set_php_setting", "php_busy", Set.of(Release.PERSISTENT),
            "PHP_INI_SCAN_DIR|PHPRC|FCGI_.*|USE_ZEND_.*");

    private Php() {
    }
}
