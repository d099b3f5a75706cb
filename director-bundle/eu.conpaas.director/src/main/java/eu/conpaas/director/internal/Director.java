package eu.conpaas.director.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.api.Registration;
import eu.conpaas.cloud.Cloud;
import eu.conpaas.cloud.CloudDriver;
import eu.conpaas.cloud.CloudException;
import eu.conpaas.director.internal.account.Accounts;
import eu.conpaas.director.internal.account.Applications;
import eu.conpaas.director.internal.account.Handovers;
import eu.conpaas.director.internal.account.Invitations;
import eu.conpaas.director.internal.account.Ledger;
import eu.conpaas.director.internal.account.Members;
import eu.conpaas.director.internal.account.PasswordRights;
import eu.conpaas.director.internal.account.Users;
import eu.conpaas.director.internal.api.AccountApi;
import eu.conpaas.director.internal.api.ApplicationApi;
import eu.conpaas.director.internal.api.CloudApi;
import eu.conpaas.director.internal.api.GitApi;
import eu.conpaas.director.internal.api.InfoApi;
import eu.conpaas.director.internal.api.LegacyServiceApi;
import eu.conpaas.director.internal.api.ManagerApi;
import eu.conpaas.director.internal.api.ManagerCalls;
import eu.conpaas.director.internal.api.MemberApi;
import eu.conpaas.director.internal.api.Methods;
import eu.conpaas.director.internal.api.NodeApi;
import eu.conpaas.director.internal.api.OperationApi;
import eu.conpaas.director.internal.api.ServiceApi;
import eu.conpaas.director.internal.api.SignInApi;
import eu.conpaas.director.internal.api.UserApi;
import eu.conpaas.director.internal.api.Waiting;
import eu.conpaas.director.internal.config.DirectorConfig;
import eu.conpaas.director.internal.content.CodeVersions;
import eu.conpaas.director.internal.content.ContentStore;
import eu.conpaas.director.internal.event.Audit;
import eu.conpaas.director.internal.event.Bells;
import eu.conpaas.director.internal.event.Events;
import eu.conpaas.director.internal.git.GitMethods;
import eu.conpaas.director.internal.git.GitPushes;
import eu.conpaas.director.internal.node.Clouds;
import eu.conpaas.director.internal.node.Detector;
import eu.conpaas.director.internal.node.Metering;
import eu.conpaas.director.internal.node.NodeEnder;
import eu.conpaas.director.internal.node.NodeMaker;
import eu.conpaas.director.internal.node.Nodes;
import eu.conpaas.director.internal.node.Pulse;
import eu.conpaas.director.internal.node.Sweep;
import eu.conpaas.director.internal.operation.Addresses;
import eu.conpaas.director.internal.operation.Changes;
import eu.conpaas.director.internal.operation.Core;
import eu.conpaas.director.internal.operation.Engine;
import eu.conpaas.director.internal.operation.Jobs;
import eu.conpaas.director.internal.operation.Keeper;
import eu.conpaas.director.internal.api.ManifestApi;
import eu.conpaas.director.internal.fetch.Fetcher;
import eu.conpaas.director.internal.manifest.Downloads;
import eu.conpaas.director.internal.manifest.Manifests;
import eu.conpaas.director.internal.operation.Managers;
import eu.conpaas.director.internal.operation.ReferenceWatch;
import eu.conpaas.director.internal.security.Certificates;
import eu.conpaas.director.internal.security.DirectorGuard;
import eu.conpaas.director.internal.security.Tokens;
import eu.conpaas.director.internal.service.Services;
import eu.conpaas.director.internal.service.Types;
import eu.conpaas.director.internal.store.Database;
import eu.conpaas.director.internal.transfer.TransferApi;
import eu.conpaas.director.internal.transfer.Transfers;
import eu.conpaas.pki.Credentials;
import eu.conpaas.pki.KeyMaterial;
import eu.conpaas.pki.Peers;
import eu.conpaas.pki.Trust;
import eu.conpaas.rpc.Endpoints;
import eu.conpaas.rpc.Limits;
import eu.conpaas.rpc.RpcServer;

/** A running director: all its parts, put together. */
public final class Director implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Director.class);
    private static final Logger REQUESTS = LoggerFactory.getLogger("eu.conpaas.director.requests");

    private final DirectorConfig config;
    private final Database database;
    private final Bells bells = new Bells();
    private final Clouds clouds;
    private final Engine engine;
    private final Keeper keeper;
    private final ReferenceWatch references;
    private final Fetcher fetcher;
    private final Loops loops = new Loops();
    private final RpcServer server;

    /**
     * Starts a director and goes on with all that its predecessor left unfinished.
     *
     * @param drivers     cloud drivers by id
     * @param version     of the product
     * @param nodeArchive packed node product to serve, or null
     * @throws IOException if it cannot listen
     */
    public Director(DirectorConfig config, Types types, Map<String, CloudDriver> drivers, Clock clock, String version, Path nodeArchive) throws IOException {
        this(config, types, drivers, clock, version, nodeArchive, Pace.NORMAL);
    }

    Director(DirectorConfig config, Types types, Map<String, CloudDriver> drivers, Clock clock, String version, Path nodeArchive, Pace pace) throws IOException {
        this.config = config;
        this.database = new Database(config.database());
        this.clouds = new Clouds(config, Installation.id(database), drivers);
        Events events = new Events(database, clock);
        Audit audit = new Audit(database, clock);
        Ledger ledger = new Ledger(clock, config.enforceCredit());
        Members members = new Members(database, events, clock, this::ringApplication);
        Users users = new Users(database, ledger, clock, config.maxCredit(), config.initialCredit());
        Tokens tokens = new Tokens(database, clock);
        Certificates certificates = new Certificates(database, config.certDir(), clock, config.certificate());
        Invitations invitations = new Invitations(database, clock, config.registration());
        PasswordRights passwords = new PasswordRights(database, users, certificates, clock);
        Nodes nodes = new Nodes(ledger, events, bells, clock);
        Pulse pulse = new Pulse(clock, config.lease());
        Detector detector = new Detector(database, pulse, clouds, bells, clock, config.lease());
        NodeMaker.Access access = access(certificates);
        NodeMaker maker = new NodeMaker(database, nodes, clouds, bells, config.bootTimeout(), access);
        NodeEnder ender = new NodeEnder(database, nodes, clouds, pulse, certificates::revokeNode);
        ContentStore content = new ContentStore(database, config.userData(), config.contentQuota(), clock);
        CodeVersions versions = new CodeVersions(database, content, events, bells, clock);
        Core core = new Core(database, clock, types, clouds, nodes, maker, ender, events, bells, detector::dead, versions);
        this.engine = new Engine(core);
        Changes changes = new Changes(core, engine);
        this.keeper = new Keeper(core, changes);
        KeyMaterial keys = new KeyMaterial(Credentials.read(config.certDir()));
        Trust trust = Trust.ca(certificates.ca(), Peers.anybody()).with(certificates.revocations());
        ManagerCalls managerCalls = new ManagerCalls(database, keys, trust);
        Methods methods = new Methods(database, types, changes, versions, content, managerCalls, audit, new GitMethods(core));
        GitApi git = new GitApi(database, types, new GitPushes(core, content, audit), changes);
        ServiceApi serviceApi = new ServiceApi(database, changes, methods, versions, managerCalls, audit);
        ManagerApi managerApi = new ManagerApi(database, new Managers(core), methods);
        InfoApi info = new InfoApi(types, clouds, certificates, version, nodeArchive);
        Waiting waiting = new Waiting(database, bells);
        this.fetcher = new Fetcher(config.fetch());
        Downloads downloads = new Downloads(database, content, fetcher, clock, config.url().toString());
        Manifests manifests = new Manifests(core, new Jobs(core, engine), ledger, downloads, changes, methods, content, config.userData().resolve("uploads"));
        Transfers transfers = new Transfers(core, new Jobs(core, engine), changes, content, managerCalls, ledger, config.exportLife(), version);
        TransferApi transferApi = new TransferApi(transfers, audit, config.contentQuota());
        Endpoints endpoints = Endpoints.of(info, transferApi, new AccountApi(database, clock), new CloudApi(database, clouds, clock),
                new SignInApi(database, users, invitations, passwords, certificates, tokens, audit, new Registration(config.registration(), config.initialCredit())),
                new UserApi(database, users, new Accounts(database, certificates, clock), invitations, passwords, members, ledger, events, audit, config.url().toString()),
                new MemberApi(database, members, new Handovers(database, members, ledger, clock), audit),
                new ApplicationApi(database, new Applications(database, clock, events), changes, waiting, audit),
                new LegacyServiceApi(database, changes, waiting, events, audit), serviceApi, new OperationApi(database, changes, events, members, audit),
                new NodeApi(database, nodes, pulse, bells, certificates, clouds, access, content, config.lease(), config.heartbeat()), managerApi, git,
                new ManifestApi(manifests, downloads, content, waiting, audit))
                .add(serviceApi.call()).add(managerApi.call()).add(git.push()).add(git.compact());
        endpoints.add(transferApi.upload());
        info.describe(endpoints);
        RpcServer.Builder builder = RpcServer.builder().keys(keys).trust(trust).endpoints(endpoints).guard(new DirectorGuard(database, users, tokens, types))
                .limits(Limits.DEFAULT.withUploadBytes(Math.max(Limits.DEFAULT.uploadBytes(), config.contentQuota()))).log(entry -> REQUESTS.debug("{}", entry)).uploads(config.userData().resolve("uploads"));
        listenAddresses().forEach(a -> builder.bind(a.getAddress().getHostAddress(), a.getPort()));
        this.server = builder.start();
        this.references = new ReferenceWatch(core);
        engine.resume();
        Metering metering = new Metering(database, nodes, ledger, pulse, events, changes::stopUnpaid);
        Addresses addresses = new Addresses(core);
        Sweep sweep = new Sweep(database, nodes, clouds, pulse, ender);
        loops.every(pace.detect(), "detector", detector::run);
        loops.every(pace.keep(), "keeper", keeper::run);
        loops.every(pace.meter(), "metering", metering::run);
        loops.every(pace.sweep(), "sweep", () -> {
            sweep.run();
            addresses.sweep();
        });
        loops.every(pace.tidy(), "tidy", () -> {
            transfers.expire();
            content.collect();
            certificates.tidy();
            // memory is given back to the system by a full collection only, which by itself comes when the heap is at its largest
            System.gc();
        });
        LOG.info("The director listens at {}", server.addresses());
    }

    /** Has the managers of an application's services told anew what they need to know. */
    private void ringApplication(long aid) {
        database.read(s -> Services.ofApplication(s, aid)).forEach(service -> bells.ring(service.sid()));
    }

    private NodeMaker.Access access(Certificates certificates) {
        return new NodeMaker.Access() {
            @Override
            public String url(Cloud cloud) {
                String host = cloud.directorHost();
                return host == null ? config.url().toString() : "https://" + host + ":" + config.url().getPort();
            }

            @Override
            public String fingerprint() {
                return certificates.fingerprint();
            }
        };
    }

    /** What is configured, and where nodes of clouds on this machine reach it. */
    private Set<InetSocketAddress> listenAddresses() {
        Set<InetSocketAddress> addresses = new LinkedHashSet<>(config.listen());
        for (Cloud cloud : clouds.usable().values()) {
            cloud.notices().forEach(n -> LOG.warn("Cloud {}: {}", cloud.name(), n));
            try {
                if (cloud.directorHost() != null) {
                    addresses.add(new InetSocketAddress(cloud.directorHost(), config.url().getPort()));
                }
            } catch (CloudException e) {
                throw new ApiException(ErrorCode.CLOUD, "Cloud " + cloud.name() + " cannot be used: " + e.getMessage(), "Run 'director check'.", e);
            }
        }
        return addresses;
    }

    /** Base URL for clients. */
    public String url() {
        return config.url().toString();
    }

    /** Stops it; nodes and services go on, and so does what is under way at the next start. */
    @Override
    public void close() {
        loops.close();
        references.close();
        fetcher.close();
        keeper.close();
        engine.close();
        bells.close();
        server.close();
        clouds.close();
        database.close();
    }
}
