package eu.conpaas.service.mysql.internal;

import eu.conpaas.api.DesiredState;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.service.plan.SettingValues;
import java.util.Locale;

/** How the servers of a service hold together; chosen once, before the first start. */
public enum Mode {
    /** One master takes writes, replicas follow it. */
    REPLICATION,
    /** All servers take writes and agree on each commit. */
    GALERA;

    /** The setting's id. */
    public static final String SETTING = "mode";

    public static Mode of(ServiceDescriptor descriptor, DesiredState state) {
        return valueOf(SettingValues.effective(descriptor, state.settings()).get(SETTING).toUpperCase(Locale.ROOT));
    }
}
