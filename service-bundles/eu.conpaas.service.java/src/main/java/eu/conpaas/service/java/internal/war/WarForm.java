package eu.conpaas.service.java.internal.war;

import eu.conpaas.service.web.agent.Place;
import eu.conpaas.service.web.agent.code.ReleaseForm;
import java.io.IOException;
import java.nio.file.Path;

/** Web applications: for Jakarta EE, with the files that may be served by themselves set apart. */
public final class WarForm implements ReleaseForm {
    /** Where files to be served lie: in a folder that Tomcat never serves. */
    private static final String FILES = "WEB-INF/.static";

    @Override
    public Path archive(Path uploaded, String hash, Place place) throws IOException {
        return new Conversion(place).archive(uploaded, hash);
    }

    @Override
    public void arrange(Path tree, Place place) throws IOException {
        new StaticFiles(tree, tree.resolve(FILES), place.user()).link();
    }

    @Override
    public String files() {
        return "/" + FILES;
    }
}
