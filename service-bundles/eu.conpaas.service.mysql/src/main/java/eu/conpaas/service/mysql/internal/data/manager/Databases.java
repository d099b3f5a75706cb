package eu.conpaas.service.mysql.internal.data.manager;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.service.data.DataPart;
import eu.conpaas.service.data.Incoming;
import eu.conpaas.service.data.ServiceData;
import eu.conpaas.service.manager.Situation;
import java.util.List;
import java.util.Map;

/** The databases as they leave with an export and come in with an import: one part, as SQL of one moment, without accounts. */
public final class Databases implements ServiceData {
    /** Name of the part. */
    public static final String PART = "databases";
    private final Hands hands;

    public Databases(Hands hands) {
        this.hands = hands;
    }

    @Override
    public List<DataPart> parts(Situation situation) {
        return switch (situation.from().goal()) {
            case RUNNING -> List.of(new DataPart(PART, hands.master(situation).id(), DataPart.OPAQUE));
            case STOPPED -> throw new ApiException(ErrorCode.WRONG_STATE, "The databases of a stopped service cannot be read.", "Start the service, then export again.");
            default -> List.of();
        };
    }

    @Override
    public boolean restore(String part, Incoming content, Situation situation) throws Exception {
        if (!part.equals(PART)) {
            return ServiceData.super.restore(part, content, situation);
        }
        if (situation.to().goal() != Goal.RUNNING) {
            return false;
        }
        new RemoteTask("import-" + content.sha256(), hands.master(situation), situation).run("import", Map.of("hash", content.sha256()));
        return true;
    }
}
