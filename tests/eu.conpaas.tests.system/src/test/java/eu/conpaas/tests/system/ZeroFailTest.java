package eu.conpaas.tests.system;

import java.util.Set;

/** A PHP site under load. */
class ZeroFailTest extends ZeroFailProgram {
    private static final Set<String> LONG_ONLY = Set.of("settings", "web", "proxy");
    private final Site site;

    ZeroFailTest(Site site) {
        super(new Hosting(".php", "nginx", "set_php_config", "memory_limit", "64M", 4));
        this.site = site;
    }

    @Override
    Site site() {
        return site;
    }

    @Override
    boolean isAsked(String part) {
        return Running.LONG || !LONG_ONLY.contains(part);
    }
}
