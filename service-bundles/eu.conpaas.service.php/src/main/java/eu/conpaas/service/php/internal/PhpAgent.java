package eu.conpaas.service.php.internal;

import eu.conpaas.service.agent.AgentContext;
import eu.conpaas.service.agent.DaemonSpec;
import eu.conpaas.service.web.agent.HostingAgent;
import eu.conpaas.service.web.agent.code.ReleaseForm;
import eu.conpaas.service.web.doc.BackendDoc;
import java.io.IOException;
import java.util.List;

/** Backends are pairs of nginx and PHP-FPM. */
public final class PhpAgent extends HostingAgent {
    private final PhpEngines engines;

    public PhpAgent(AgentContext context) {
        super(context, Php.KIND, ReleaseForm.AS_IS);
        engines = new PhpEngines(place());
    }

    @Override
    protected List<DaemonSpec> backend(BackendDoc doc) throws IOException {
        return engines.backend(doc);
    }

    @Override
    protected String dynamic() {
        return "\\.(php[0-9]?|phtml|phar|phps)(/|$)";
    }
}
