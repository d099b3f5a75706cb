package eu.conpaas.engine.tomcat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Host;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.JreMemoryLeakPreventionListener;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.valves.AccessLogValve;
import org.apache.coyote.AbstractProtocol;

/** Runs Tomcat until SIGTERM; its one argument is the file that {@link Configuration} reads. */
public final class Main {
    private Main() {
    }

    public static void main(String[] arguments) throws Exception {
        Configuration configuration = Configuration.read(Path.of(arguments[0]));
        Engine engine = start(configuration);
        Tomcat tomcat = engine.tomcat();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                tomcat.getConnector().getProtocolHandler().closeServerSocketGraceful();
                engine.applications().awaitIdle(configuration.stop() * 1000L);
                tomcat.stop();
                tomcat.destroy();
            } catch (org.apache.catalina.LifecycleException | InterruptedException e) {
                System.err.println("Tomcat did not stop cleanly: " + e.getMessage());
            }
        }, "stop"));
        tomcat.getServer().await();
    }

    private record Engine(Tomcat tomcat, Applications applications) {
    }

    /** A Tomcat that answers. Releases that do not start are left out; the log says why. */
    private static Engine start(Configuration configuration) throws Exception {
        for (String folder : new String[] {"logs", "work", "temp", "webapps"}) {
            Files.createDirectories(configuration.base().resolve(folder));
        }
        System.setProperty("catalina.home", configuration.base().toString());
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(configuration.base().toString());
        tomcat.setSilent(true);
        tomcat.enableNaming();
        tomcat.getServer().setPort(-1);
        tomcat.getServer().addLifecycleListener(new JreMemoryLeakPreventionListener());
        tomcat.setConnector(connector(configuration));
        Host host = tomcat.getHost();
        host.setAutoDeploy(false);
        ((StandardHost) host).setWorkDir(configuration.base().resolve("work").toString());
        Sessions sessions = new Sessions(configuration.sessions());
        Applications applications = new Applications(configuration, host, sessions);
        tomcat.getEngine().getPipeline().addValve(accessLog(configuration));
        tomcat.getEngine().getPipeline().addValve(new ReleaseValve(configuration, applications));
        tomcat.getEngine().setBackgroundProcessorDelay(10);
        applications.begin();
        tomcat.start();
        return new Engine(tomcat, applications);
    }

    private static Connector connector(Configuration configuration) {
        Connector connector = new Connector("org.apache.coyote.http11.Http11NioProtocol");
        connector.setPort(configuration.port());
        connector.setProperty("address", configuration.address());
        connector.setProperty("maxThreads", Integer.toString(configuration.threads() + 4));
        connector.setProperty("minSpareThreads", "4");
        connector.setProperty("maxConnections", "8192");
        connector.setProperty("acceptCount", "1024");
        connector.setProperty("keepAliveTimeout", "3600000");
        connector.setProperty("maxKeepAliveRequests", "-1");
        connector.setProperty("connectionTimeout", "60000");
        connector.setProperty("maxHttpRequestHeaderSize", "32768");
        connector.setProperty("maxSwallowSize", "-1");
        connector.setProperty("server", "ConPaaS");
        connector.setMaxPostSize(configuration.post());
        connector.setURIEncoding("UTF-8");
        connector.setXpoweredBy(false);
        ((AbstractProtocol<?>) connector.getProtocolHandler()).setConnectionLinger(-1);
        return connector;
    }

    private static AccessLogValve accessLog(Configuration configuration) {
        AccessLogValve log = new TimedLog();
        String name = configuration.accessLog().getFileName().toString();
        log.setDirectory(configuration.accessLog().getParent().toString());
        log.setPrefix(name);
        log.setSuffix("");
        log.setRotatable(false);
        log.setPattern("%{begin:sec}t.%{begin:msec_frac}t %Q %s %B %a %m \"%U\"");
        log.setCondition(ReleaseValve.UNLOGGED);
        return log;
    }
}
