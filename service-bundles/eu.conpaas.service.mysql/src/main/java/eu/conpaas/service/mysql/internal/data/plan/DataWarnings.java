package eu.conpaas.service.mysql.internal.data.plan;

import eu.conpaas.api.DesiredState;
import eu.conpaas.service.mysql.internal.data.DataNames;
import java.util.ArrayList;
import java.util.List;

/** What a user should know before data are replaced or deleted. */
public final class DataWarnings {
    private DataWarnings() {
    }

    /** Each of them asks for a confirmation. */
    public static List<String> of(DesiredState to) {
        List<String> warnings = new ArrayList<>();
        if (to.data().containsKey(DataNames.BACKUP)) {
            String time = to.data().get(DataNames.TIME);
            warnings.add("All databases become as they were " + (time.isEmpty() ? "when the backup " + to.data().get(DataNames.BACKUP) + " was made" : "at " + time)
                    + "; what was written since is only in the backups then.");
        }
        if (to.data().containsKey(DataNames.DELETE)) {
            warnings.add("The backup " + to.data().get(DataNames.DELETE) + " is deleted for good.");
        }
        return warnings;
    }
}
