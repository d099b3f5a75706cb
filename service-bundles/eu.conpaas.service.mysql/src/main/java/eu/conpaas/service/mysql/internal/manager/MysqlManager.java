package eu.conpaas.service.mysql.internal.manager;

import static eu.conpaas.service.mysql.internal.Names.DOOR;
import static eu.conpaas.service.mysql.internal.Names.MASTERS;
import static eu.conpaas.service.mysql.internal.Names.SERVER;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState;
import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.NodeView;
import eu.conpaas.api.Placement;
import eu.conpaas.api.PlanStep;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.api.StepKind;
import eu.conpaas.rpc.Download;
import eu.conpaas.service.data.ServiceData;
import eu.conpaas.service.manager.Initiative;
import eu.conpaas.service.manager.ManagerContext;
import eu.conpaas.service.manager.RoleManager;
import eu.conpaas.service.manager.Situation;
import eu.conpaas.service.mysql.internal.Mode;
import eu.conpaas.service.mysql.internal.data.backup.BackupStore;
import eu.conpaas.service.mysql.internal.data.manager.DataAnswers;
import eu.conpaas.service.mysql.internal.data.manager.DataCare;
import eu.conpaas.service.mysql.internal.data.manager.DataSteward;
import eu.conpaas.service.mysql.internal.data.manager.Databases;
import eu.conpaas.service.mysql.internal.plan.MysqlSteps;
import eu.conpaas.service.supervise.EngineUser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Steers the servers of one MySQL service. */
public final class MysqlManager extends RoleManager {
    private static final Logger LOG = LoggerFactory.getLogger(MysqlManager.class);
    private final Answers answers;
    private final Watchers watchers = new Watchers(() -> initiative().wake());
    private final Formation replicated = new Replicated(this::initiative);
    private final Formation clustered = new Clustered(this::initiative);
    private final ServiceDescriptor descriptor;
    private final DataSteward steward;
    private final DataCare care;
    private final DataAnswers data;
    private volatile Initiative initiative;
    /** While servers are compared with what they should be: with the roles of the service, which agents do not know. */
    private volatile Situation looking;

    public MysqlManager(ServiceDescriptor descriptor, ManagerContext context) {
        this.descriptor = descriptor;
        answers = new Answers();
        ServerHands hands = new ServerHands(this::formation);
        steward = new DataSteward(hands);
        BackupStore backups = new BackupStore(context.sharedFolder(), EngineUser.SELF);
        care = new DataCare(steward, hands, backups);
        data = new DataAnswers(descriptor, hands, backups, care);
    }

    @Override
    public void begin(Initiative own) {
        initiative = own;
    }

    private Initiative initiative() {
        return initiative;
    }

    private Formation formation(Situation situation) {
        return Mode.of(descriptor, situation.to()) == Mode.GALERA ? clustered : replicated;
    }

    @Override
    protected Map<String, Object> configuration(NodeView node, String role, Situation situation) {
        Formation formation = formation(situation);
        return role.equals(DOOR) ? formation.door(node, looking == null ? situation : looking).map() : formation.doc(node, situation).map();
    }

    @Override
    public void step(PlanStep step, Situation situation) throws Exception {
        watchers.over(Members.all(situation), situation);
        if (steward.step(step, situation)) {
            return;
        }
        switch (step.kind()) {
            case StepKind.CONFIGURE -> formation(situation).first(node(step, situation), situation);
            case MysqlSteps.CLONE -> formation(situation).further(node(step, situation), situation);
            case StepKind.CHECK -> check(step, situation);
            case StepKind.SWITCH -> switchOver(situation);
            case MysqlSteps.SETTLE -> settled(situation);
            case StepKind.DRAIN -> drain(node(step, situation), step.role(), situation);
            case StepKind.RELEASE -> leave(node(step, situation), situation);
            default -> other(step, situation);
        }
    }

    private static NodeView node(PlanStep step, Situation situation) {
        return situation.assignment().node(step.node());
    }

    private void check(PlanStep step, Situation situation) throws Exception {
        NodeView node = node(step, situation);
        check(node, SERVER, situation);
        if (!step.role().equals(MASTERS)) {
            formation(situation).caughtUp(node, situation);
            openDoor(node, situation);
        }
    }

    @Override
    protected void switchOver(Situation situation) throws Exception {
        if (situation.to().goal() != Goal.RUNNING) {
            for (NodeView master : situation.nodes(situation.from(), MASTERS)) {
                situation.agents().release(master, DOOR);
                formation(situation).close(master, situation);
            }
            return;
        }
        eachInParallel(List.<Part>of(() -> formation(situation).impose(situation), () -> openDoors(situation)), Part::runUnchecked);
        settled(situation);
    }

    /** Work that is done beside other work. */
    private interface Part {
        void run() throws InterruptedException;

        default void runUnchecked() {
            try {
                run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new java.util.concurrent.CancellationException("no longer wanted");
            }
        }
    }

    private void settled(Situation situation) throws Exception {
        formation(situation).keep(situation);
        steward.provide(situation);
        openDoors(situation);
    }

    /** The master's door has to lead where it should before anything goes on; another node that does not answer now is told later. */
    private void openDoors(Situation situation) throws InterruptedException {
        NodeView master = Members.master(situation);
        eachInParallel(Members.all(situation), node -> {
            try {
                openDoor(node, situation);
            } catch (ApiException e) {
                Leadership.rethrowStale(e);
                if (node.id().equals(master.id())) {
                    throw e;
                }
                LOG.info("the door of {} stays as it is for now: {}", node.id(), e.getMessage());
            }
        });
    }

    private void openDoor(NodeView node, Situation situation) {
        situation.agents().configure(node, DOOR, configuration(node, DOOR, situation));
    }

    /** When the service stops, replicas get all that the master has, so that they fit when it starts again. */
    @Override
    protected void drain(NodeView node, String role, Situation situation) throws Exception {
        if (situation.to().goal() != Goal.RUNNING && !role.equals(MASTERS)) {
            formation(situation).lastWord(node, situation);
        }
    }

    private static void leave(NodeView node, Situation situation) {
        situation.agents().release(node, DOOR);
        situation.agents().release(node, SERVER);
        if (situation.to().goal() == Goal.RUNNING) {
            new Crew(situation).drop(node, true);
        }
    }

    @Override
    public void undo(PlanStep step, Situation situation) throws Exception {
        if (steward.undo(step, situation)) {
            return;
        }
        boolean made = step.kind().equals(StepKind.CONFIGURE) || step.kind().equals(MysqlSteps.CLONE);
        NodeView node = situation.assignment().nodes().stream().filter(n -> n.id().equals(step.node())).findFirst().orElse(null);
        if (made && node != null && node.address() != null && !situation.assignment().dead().contains(node.id())) {
            Crew crew = new Crew(situation);
            crew.abortCopy(node);
            situation.agents().release(node, DOOR);
            situation.agents().release(node, SERVER);
            crew.drop(node, false);
        }
    }

    @Override
    public List<String> converge(Situation situation) throws Exception {
        watchers.over(Members.all(situation), situation);
        looking = situation;
        try {
            formation(situation).restore(situation, () -> super.converge(internal(situation)));
            List<String> hopeless = super.converge(internal(situation));
            care.converge(situation);
            return hopeless;
        } finally {
            looking = null;
        }
    }

    /** The same with the roles agents know. */
    private static Situation internal(Situation s) {
        return new Situation(s.assignment(), internal(s.from()), internal(s.to()), s.agents(), s.cancel());
    }

    private static DesiredState internal(DesiredState state) {
        return state.withPlacement(state.placement().stream()
                .map(p -> new Placement(p.node(), Set.of(SERVER, DOOR), p.cloud())).toList());
    }

    @Override
    public Map<String, Object> query(String method, Map<String, Object> arguments, Situation situation) throws Exception {
        Optional<Map<String, Object>> answer = data.query(method, situation);
        return answer.isPresent() ? answer.get() : answers.query(method, arguments, situation);
    }

    @Override
    public Download download(String method, Map<String, Object> arguments, Situation situation) throws Exception {
        return method.equals("sqldump") ? data.dump(arguments, situation) : super.download(method, arguments, situation);
    }

    @Override
    public ServiceData data() {
        return new Databases(new ServerHands(this::formation));
    }

    @Override
    public Map<String, Double> metrics(Situation situation) {
        return data.metrics(situation);
    }

    @Override
    public Map<String, String> published(Situation situation) {
        return Map.of("read_port", Integer.toString(Answers.readPort(situation)));
    }

    @Override
    public void close() {
        watchers.close();
    }
}
