package eu.conpaas.service.mysql.internal.agent;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.rpc.Download;
import eu.conpaas.service.agent.AgentContext;
import eu.conpaas.service.agent.DaemonSpec;
import eu.conpaas.service.agent.ServiceAgent;
import eu.conpaas.service.mysql.internal.Names;
import eu.conpaas.service.mysql.internal.agent.clone.CloneReceiver;
import eu.conpaas.service.mysql.internal.agent.clone.CloneSender;
import eu.conpaas.service.mysql.internal.agent.cluster.Membership;
import eu.conpaas.service.mysql.internal.agent.door.Door;
import eu.conpaas.service.mysql.internal.data.agent.DataCalls;
import eu.conpaas.service.mysql.internal.data.agent.NodeTls;
import eu.conpaas.service.mysql.internal.data.manager.Databases;
import eu.conpaas.service.mysql.internal.doc.DoorDoc;
import eu.conpaas.service.mysql.internal.doc.ServerDoc;
import eu.conpaas.service.mysql.internal.engine.MariaServer;
import eu.conpaas.service.mysql.internal.engine.ServerConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the engines of a MySQL service on one node. */
public final class MysqlAgent implements ServiceAgent {
    private final AgentContext context;
    private final Member member;
    private final MariaServer server;
    private final Replication replication;
    private final Membership membership;
    private final CloneReceiver receiver;
    private final Door door;
    private final Jobs jobs = new Jobs();
    private final NodeTls tls;
    private final DataCalls data;

    public MysqlAgent(AgentContext context) {
        this.context = context;
        member = new Member(context);
        server = new MariaServer(member.place());
        replication = new Replication(server, member);
        membership = new Membership(server, member);
        receiver = new CloneReceiver(member.place());
        door = new Door(member.place());
        tls = new NodeTls(server, context.keys());
        data = new DataCalls(context, server, () -> member.note().lead());
    }

    @Override
    public List<DaemonSpec> apply(String role, Map<String, Object> configuration) throws Exception {
        return switch (role) {
            case Names.SERVER -> {
                ServerDoc doc = ServerDoc.of(configuration);
                tls.write();
                if (doc.cluster() != null) {
                    yield membership.apply(doc);
                }
                replication.onCrash();
                yield server.apply(new ServerConfig(doc.serverId(), doc.settings(), Map.of()));
            }
            case Names.DOOR -> door.apply(DoorDoc.of(configuration));
            default -> throw new ApiException(ErrorCode.INVALID_ARGUMENT, "An agent of a MySQL service has no role " + role + ".", "Use server or door.");
        };
    }

    /**
     * About data: {@code folders} answers {folders}, {@code adopt} {from}, {@code drop} {led}, {@code tidy} {keep, lead}. Copies: {@code clone_send} {copy, address, key} and
     * {@code clone_receive} {copy, key} begin, {@code clone_sent} and {@code clone_received} {copy, seconds} answer {done}, {@code clone_abort}. The server: {@code state}, {@code watch} {seen, seconds} answers {mark}, {@code fence}. Its role:
     * {@code hold} {seconds, patience} answers {gtid}, {@code account} {replica, password}, {@code follow} {address, password}, {@code reached} {gtid, seconds} answers {reached},
     * {@code lead} {term, semi}, {@code semi} {on}, {@code unlead}. And what {@link DataCalls} and {@link Membership} know.
     */
    @Override
    public Map<String, Object> call(String method, Map<String, Object> arguments) throws Exception {
        Optional<Map<String, Object>> answer = data.call(method, arguments);
        if (answer.isEmpty()) {
            answer = membership.call(method, arguments);
        }
        if (answer.isPresent()) {
            return answer.get();
        }
        Call call = new Call(arguments);
        switch (method) {
            case "folders" -> {
                return Map.of("folders", member.folders());
            }
            case "state" -> {
                return replication.state().map();
            }
            case "watch" -> {
                return Map.of("mark", changed(call.text("seen"), Duration.ofSeconds(call.number("seconds"))));
            }
            case "hold" -> {
                return Map.of("gtid", replication.hold(Duration.ofSeconds(call.number("seconds")), call.flag("patience")));
            }
            case "clone_sent" -> {
                return Map.of("done", jobs.done(sending(call), call.number("seconds")));
            }
            case "clone_received" -> {
                return Map.of("done", jobs.done(receiving(call), call.number("seconds")));
            }
            case "reached" -> {
                return Map.of("reached", replication.reached(call.text("gtid"), (int) call.number("seconds")));
            }
            case "adopt" -> member.adopt(call.text("from"));
            case "drop" -> member.drop(call.flag("led"));
            case "tidy" -> member.tidy(call.texts("keep"), call.number("lead"));
            case "clone_send" -> jobs.start(sending(call),
                    () -> new CloneSender(member.place()).send(call.text("address"), Names.COPY_PORT, call.text("key")));
            case "clone_receive" -> jobs.start(receiving(call), () -> receiver.receive(Names.COPY_PORT, call.text("key"),
                    (folder, gtid) -> member.note(folder, new Member.Note(0, false, gtid))));
            case "clone_abort" -> receiver.abort();
            case "fence" -> fence();
            case "account" -> replication.account(call.text("replica"), call.text("password"));
            case "follow" -> replication.follow(context.node().node(), call.text("address"), call.text("password"));
            case "lead" -> replication.lead(call.number("term"), call.flag("semi"));
            case "semi" -> replication.semi(call.flag("on"));
            case "unlead" -> replication.unlead();
            default -> throw new ApiException(ErrorCode.NOT_FOUND, "method not found: " + method, "The agent of " + context.node().node() + " does not know it.");
        }
        return Map.of();
    }

    private static String sending(Call call) {
        return "sending copy " + call.text("copy");
    }

    private static String receiving(Call call) {
        return "receiving copy " + call.text("copy");
    }

    /** Ends a server that believes it is master; it comes back as one that takes no writes and has dropped what no replica got. */
    private void fence() throws IOException {
        if (replication.state().leading()) {
            context.supervisor().pid(MariaServer.DAEMON).flatMap(ProcessHandle::of).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /** Waits until the server's process is another than the one seen. @return what it is now, to be given with the next call */
    private String changed(String seen, Duration within) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        String now = mark();
        while (now.equals(seen) && System.nanoTime() < deadline) {
            Thread.sleep(50);
            now = mark();
        }
        return now;
    }

    private String mark() {
        return context.supervisor().pid(MariaServer.DAEMON).map(String::valueOf).orElse("none");
    }

    @Override
    public Download download(String method, Map<String, Object> arguments) throws Exception {
        return data.download(method, arguments)
                .orElseThrow(() -> new ApiException(ErrorCode.NOT_FOUND, "method not found: " + method, "The agent of " + context.node().node() + " does not know it."));
    }

    @Override
    public void save(String part, OutputStream out) throws Exception {
        if (part.equals(Databases.PART)) {
            data.export(out);
        } else {
            ServiceAgent.super.save(part, out);
        }
    }

    @Override
    public Map<String, Double> sample() throws Exception {
        return member.isThere() ? data.sample() : Map.of();
    }

    @Override
    public Map<String, Path> logs() {
        try {
            return Map.of("slow", member.place().slowLog());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        tls.close();
        data.close();
    }
}
