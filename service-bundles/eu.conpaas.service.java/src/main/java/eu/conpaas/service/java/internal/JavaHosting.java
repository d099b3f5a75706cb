package eu.conpaas.service.java.internal;

import eu.conpaas.service.web.Kind;
import eu.conpaas.service.web.Release;
import java.util.Set;

/** What the Java service calls things. */
public final class JavaHosting {
    static final String OLD_VERSIONS = "old_versions";
    static final String STATIC_FILES = "static_files";
    static final String REQUEST_TIMEOUT = "request_timeout";
    static final String THREADS = "max_threads";
    public static final Kind KIND = new Kind("java", "Tomcat", "update_java_configuration", "javaconf", "set_java_setting", "java_busy",
            Set.of(Release.PERSISTENT, OLD_VERSIONS, STATIC_FILES), "JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS|_JAVA_OPTIONS|CLASSPATH|JAVA_HOME");

    private JavaHosting() {
    }
}
