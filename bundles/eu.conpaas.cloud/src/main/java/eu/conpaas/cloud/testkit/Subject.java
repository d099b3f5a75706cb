package eu.conpaas.cloud.testkit;

import eu.conpaas.cloud.Cloud;
import java.time.Duration;

/** A cloud under test. */
public interface Subject {
    /** Opens the installation under test, each time a new object, as a director does that starts again. */
    Cloud open();

    /** Opens another installation on the same cloud. */
    Cloud openOther();

    /** Whether nodes really boot, running {@link CloudContract#NODE_SCRIPT} as their node program. */
    boolean boots();

    /** How long something may take that the cloud has accepted. */
    Duration patience();
}
