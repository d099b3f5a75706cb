package eu.conpaas.service.php.internal;

import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.service.manager.ManagerContext;
import eu.conpaas.service.manager.Situation;
import eu.conpaas.service.web.doc.EnginesDoc;
import eu.conpaas.service.web.manager.HostingManager;
import eu.conpaas.service.web.manager.SessionStore;
import java.util.LinkedHashMap;
import java.util.Map;

/** The logic of a PHP service. */
public final class PhpManager extends HostingManager {
    /** PHP processes of a backend. */
    private static final int CHILDREN = 10;

    public PhpManager(ServiceDescriptor descriptor, ManagerContext context) {
        super(descriptor, Php.KIND, context);
    }

    @Override
    protected int children(Map<String, String> settings) {
        return CHILDREN;
    }

    @Override
    protected int limit(EnginesDoc engines) {
        return Limits.seconds(engines);
    }

    @Override
    protected String sessions(SessionStore store) {
        return store.password();
    }

    @Override
    public Map<String, Object> query(String method, Map<String, Object> arguments, Situation situation) throws Exception {
        Map<String, Object> answer = super.query(method, arguments, situation);
        if (method.equals("get_configuration")) {
            answer = new LinkedHashMap<>(answer);
            answer.put("cdn", false);
            answer.put("autoscaling", false);
        }
        return answer;
    }
}
