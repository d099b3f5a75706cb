package eu.conpaas.service.web.manager;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.service.data.DataPart;
import eu.conpaas.service.data.FolderData;
import eu.conpaas.service.data.Incoming;
import eu.conpaas.service.data.ServiceData;
import eu.conpaas.service.manager.ManagerContext;
import eu.conpaas.service.manager.Situation;
import eu.conpaas.service.web.Release;
import java.io.OutputStream;
import java.util.List;

/** What applications have written to their persistent folders, for exports and imports. Sessions stay where they are. */
final class PersistentFiles implements ServiceData {
    private static final String PART = "persistent-files";
    private final ManagerContext context;

    PersistentFiles(ManagerContext context) {
        this.context = context;
    }

    private ServiceData folder() {
        if (context.sharedFolder() == null) {
            throw new ApiException(ErrorCode.CONFLICT, "The files in the persistent folders lie on single nodes, since the cloud has no shared folders, and "
                    + "cannot be exported or imported.", "Use a cloud with shared folders.");
        }
        return new FolderData(PART, context.sharedFolder().resolve("files"), context.engineUser(), context.folder().resolve("export"));
    }

    @Override
    public List<DataPart> parts(Situation situation) throws Exception {
        boolean none = situation.to().settings().getOrDefault(Release.PERSISTENT, "").isBlank();
        return none && context.sharedFolder() == null ? List.of() : folder().parts(situation);
    }

    @Override
    public void save(String part, Situation situation, OutputStream out) throws Exception {
        folder().save(part, situation, out);
    }

    @Override
    public boolean restore(String part, Incoming content, Situation situation) throws Exception {
        return folder().restore(part, content, situation);
    }
}
