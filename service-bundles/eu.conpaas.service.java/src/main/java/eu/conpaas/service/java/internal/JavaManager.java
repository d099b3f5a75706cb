package eu.conpaas.service.java.internal;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.service.manager.ManagerContext;
import eu.conpaas.service.manager.Situation;
import eu.conpaas.service.web.doc.EnginesDoc;
import eu.conpaas.service.web.manager.HostingManager;
import eu.conpaas.service.web.manager.SessionStore;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The logic of a Java service. A version that was active goes on for those who have a session of it. */
public final class JavaManager extends HostingManager {
    /** Cookie that carries session ids; Tomcat is told to use no other. */
    private static final String COOKIE = "JSESSIONID";
    /** Where Tomcat notes until when sessions of each version may live. */
    private static final String ALIVE = "java:alive";
    private volatile List<String> last;

    public JavaManager(ServiceDescriptor descriptor, ManagerContext context) {
        super(descriptor, JavaHosting.KIND, context);
    }

    @Override
    protected int children(Map<String, String> settings) {
        return Integer.parseInt(settings.get(JavaHosting.THREADS));
    }

    @Override
    protected int limit(EnginesDoc engines) {
        return Integer.parseInt(engines.settings().get(JavaHosting.REQUEST_TIMEOUT));
    }

    @Override
    protected String sessions(SessionStore store) {
        return store.password();
    }

    @Override
    protected boolean backendOnly(Situation situation) {
        return settings(situation).get(JavaHosting.STATIC_FILES).equals("Off");
    }

    @Override
    protected String cookie() {
        return COOKIE;
    }

    /** Those whose sessions live longest. */
    @Override
    protected List<String> living(SessionStore store, Situation situation) {
        int kept = Integer.parseInt(settings(situation).get(JavaHosting.OLD_VERSIONS));
        String active = situation.to().codeVersion();
        return alive(store).stream().filter(version -> !version.equals(active)).limit(kept).toList();
    }

    private List<String> alive(SessionStore store) {
        try {
            List<String> alive = store.values("ZREVRANGEBYSCORE " + ALIVE + " +inf " + System.currentTimeMillis());
            last = alive;
            return alive;
        } catch (IOException e) {
            List<String> known = last;
            if (known == null) {
                throw new ApiException(ErrorCode.UNAVAILABLE, "The session store does not answer: " + e.getMessage(), "It is tried again in a few seconds.");
            }
            return known;
        }
    }
}
