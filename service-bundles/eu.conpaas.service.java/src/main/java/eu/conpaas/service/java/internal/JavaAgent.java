package eu.conpaas.service.java.internal;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.service.agent.AgentContext;
import eu.conpaas.service.agent.DaemonSpec;
import eu.conpaas.service.java.internal.tomcat.TomcatEngine;
import eu.conpaas.service.java.internal.war.WarForm;
import eu.conpaas.service.web.agent.HostingAgent;
import eu.conpaas.service.web.doc.BackendDoc;
import eu.conpaas.service.web.doc.CodeDoc;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Backends are Tomcats that host several versions side by side. */
public final class JavaAgent extends HostingAgent {
    private final TomcatEngine engine;
    private volatile BackendDoc current;

    public JavaAgent(AgentContext context) {
        super(context, JavaHosting.KIND, new WarForm());
        engine = new TomcatEngine(place());
    }

    /** Tomcats that run already begin and end versions at once; those that don't find the list when they start. */
    @Override
    protected List<DaemonSpec> backend(BackendDoc doc) throws IOException {
        engine.host(doc, names(doc));
        current = doc;
        List<DaemonSpec> daemons = new ArrayList<>();
        for (var set : doc.engines()) {
            daemons.add(engine.daemon(doc, set));
        }
        return daemons;
    }

    private static List<String> names(BackendDoc doc) {
        List<String> names = new ArrayList<>(List.of(doc.code().release().name()));
        doc.old().stream().map(CodeDoc::release).forEach(release -> names.add(release.name()));
        return names;
    }

    /** @throws ApiException STEP_FAILED if the application does not start */
    @Override
    protected void arrived(String release) throws IOException {
        BackendDoc doc = current;
        if (doc == null) {
            return;
        }
        List<String> names = new ArrayList<>(names(doc));
        if (!names.contains(release)) {
            names.add(release);
        }
        for (String failed : engine.host(doc, names)) {
            if (failed.startsWith(release + " ")) {
                throw new ApiException(ErrorCode.STEP_FAILED, "On node " + place().context().node().node() + ", " + failed + ".",
                        "See the node's log tomcat-0 or tomcat-1, correct the application and upload it again.");
            }
        }
    }

    @Override
    protected String dynamic() {
        return "^/(WEB-INF|META-INF)(/|$)";
    }

    @Override
    public Map<String, Path> logs() {
        Map<String, Path> logs = super.logs();
        logs.putAll(engine.logs());
        return logs;
    }
}
