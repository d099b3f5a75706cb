package eu.conpaas.tests.system;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.NodeKind;
import eu.conpaas.api.NodeState;
import eu.conpaas.api.NodeView;
import eu.conpaas.api.ServiceView;
import eu.conpaas.client.Connection;
import eu.conpaas.client.Director;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A director, its local cloud, a user with credits and a command line: a whole installation in one folder. */
public final class Platform implements AutoCloseable {
    private static final String USER = "tester";
    private static final String PASSWORD = "correct horse battery";

    private final Path folder;
    private final DirectorProcess director;
    private final Cli cli;
    private Director client;

    private Platform(Path folder, DirectorProcess director) {
        this.folder = folder;
        this.director = director;
        this.cli = new Cli(folder.resolve("client"));
    }

    /** Makes one and starts it. */
    public static Platform start(Path folder, Map<String, String> settings) throws IOException {
        return start(folder, settings, List.of(), Products.director());
    }

    /** @param prefix see {@link DirectorProcess#DirectorProcess} */
    public static Platform start(Path folder, Map<String, String> settings, List<String> prefix, Path program) throws IOException {
        Path conf = folder.resolve("director");
        Files.createDirectories(conf);
        Files.createDirectories(folder.resolve("client"));
        Platform platform = new Platform(folder, new DirectorProcess(conf, prefix, program));
        platform.director.init(settings);
        platform.director.run(PASSWORD + "\n", "adduser", "tester@example.org", USER, "--credit", "500", "--password-stdin");
        platform.director.start(Map.of());
        platform.cli.runWith(PASSWORD + "\n", "credentials", "--director", platform.director.url().toString(), "--username", USER,
                "--password-stdin", "--fingerprint", platform.fingerprint()).ok();
        return platform;
    }

    public Path folder() {
        return folder;
    }

    public DirectorProcess director() {
        return director;
    }

    public Cli cli() {
        return cli;
    }

    public Books books() {
        return new Books(director.database());
    }

    /** Makes an application with one service of a type. @return its id, once its manager is up */
    public long create(String type) {
        String application = type + "-" + Long.toString(System.nanoTime(), 36);
        cli.run("createapp", application).ok();
        return create(type, application);
    }

    /** Makes a service of a type in an application. @return its id, once its manager is up */
    public long create(String type, String application) {
        cli.run("create", type, application, "--wait").ok();
        return services().stream().mapToLong(ServiceView::sid).max().orElseThrow();
    }

    /** The user's client of the director. */
    public synchronized Director client() {
        if (client == null) {
            try {
                client = Connection.to(director.url().toString()).credentials(cli.settings()).director();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return client;
    }

    /** Asks the director, again while it is being started. */
    private <T> T ask(Function<Director, T> question) {
        return Wait.value("an answer of the director", 30, () -> {
            try {
                return question.apply(client());
            } catch (ApiException e) {
                if (!e.error().code().isRetryable()) {
                    throw new AssertionError(e.getMessage(), e);
                }
                throw e;
            }
        });
    }

    public List<ServiceView> services() {
        return ask(d -> d.services().list());
    }

    public ServiceView service(long sid) {
        return services().stream().filter(s -> s.sid() == sid).findFirst().orElseThrow(() -> new AssertionError("no service " + sid));
    }

    /** Its nodes that are ready. */
    public List<NodeView> nodes(long sid) {
        return ask(Director::nodes).stream().filter(n -> n.sid() == sid && n.state() == NodeState.READY).toList();
    }

    /** Its manager's node as seen from outside. */
    public Node manager(long sid) {
        return nodes(sid).stream().filter(n -> n.kind() == NodeKind.MANAGER).map(n -> Node.of(folder, n.vmid())).findFirst().orElseThrow();
    }

    /** Its agents' nodes as seen from outside. */
    public List<Node> agents(long sid) {
        return nodes(sid).stream().filter(n -> n.kind() == NodeKind.AGENT).map(n -> Node.of(folder, n.vmid())).toList();
    }

    /** Makes a change and waits for its end. @throws AssertionError if it does not arrive */
    public String change(String... words) {
        List<String> all = new ArrayList<>(Arrays.asList(words));
        all.add("--wait");
        all.add("--yes");
        return cli.run(all.toArray(String[]::new)).ok();
    }

    /** Uploads a code version. @return its id */
    public String upload(long sid, Path archive) {
        Matcher m = Pattern.compile("code-\\w+").matcher(cli.run("upload_code", Long.toString(sid), archive.toString()).ok());
        if (!m.find()) {
            throw new AssertionError("the upload names no version");
        }
        return m.group();
    }

    /** Waits until no change is under way and VMs and node rows are the same, then checks that and the ledger. */
    public void settled() {
        Wait.until("no operation is open: " + books().open(), 240, () -> books().open().isEmpty());
        Wait.until("every VM has its node row and the other way round", 60, () -> books().unclear().isEmpty() && books().vms().equals(vms()));
        List<String> wrong = books().ledger();
        if (!wrong.isEmpty()) {
            throw new AssertionError("ledger: " + wrong);
        }
    }

    /** VMs there are, by what is on disk. */
    public Set<String> vms() {
        return Node.all(folder).map(n -> n.folder().getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Ends all services and the director, uninstalls it, and looks whether anything of it is left on the machine. */
    @Override
    public void close() {
        Remains remains = new Remains(folder);
        if (!director.isAlive()) {
            director.start(Map.of());
        }
        for (ServiceView service : services()) {
            String sid = Long.toString(service.sid());
            cli.run("stop", sid, "--wait", "--yes");
            cli.run("terminate", sid, "--wait", "--yes").ok();
        }
        settled();
        client().close();
        director.stop();
        try {
            director.run("", "purge", "--yes");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Wait.until("nothing is left behind: " + remains.now(), 30, () -> remains.now().isEmpty());
    }

    private String fingerprint() throws IOException {
        try (var in = Files.newInputStream(folder.resolve("director/certs/ca_cert.pem"))) {
            byte[] der = CertificateFactory.getInstance("X.509").generateCertificate(in).getEncoded();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(der));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
