package eu.conpaas.cloud;

import java.util.Map;

/** A kind of cloud (local, ec2, …), offered by its bundle as an OSGi service. */
public interface CloudDriver {
    /** Value of {@code DRIVER} in {@code director.cfg}, lower case. */
    String id();

    /**
     * Opens one configured cloud. Makes no connection yet.
     *
     * @throws CloudException BAD_REQUEST naming the key if a required one is missing, empty or wrong
     */
    Cloud open(CloudConfig config);

    /** Keys it understands beyond {@code DRIVER}, with one line of help each. */
    Map<String, String> keys();
}
