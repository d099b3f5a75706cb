package eu.conpaas.service.data;

import eu.conpaas.api.DesiredState.Goal;
import eu.conpaas.service.archive.ArchiveLimits;
import eu.conpaas.service.archive.Packer;
import eu.conpaas.service.archive.Unpacker;
import eu.conpaas.service.manager.Situation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * Data that is one folder every node of the service sees, the manager too: saved as a tar archive while it is in use, put in before the service is first
 * started.
 *
 * @param part    name of the part
 * @param folder  where it is; not there if nothing has been written yet
 * @param user    numeric user and group id its files belong to, or -1 for this process's own
 * @param scratch a folder for temporary files
 */
public record FolderData(String part, Path folder, int user, Path scratch) implements ServiceData {
    @Override
    public List<DataPart> parts(Situation situation) {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) ? List.of(new DataPart(part, null, DataPart.TAR)) : List.of();
    }

    @Override
    public void save(String name, Situation situation, OutputStream out) throws Exception {
        if (name.equals(part)) {
            Packer.pack(folder, scratch, out);
        } else {
            ServiceData.super.save(name, situation, out);
        }
    }

    @Override
    public boolean restore(String name, Incoming content, Situation situation) throws Exception {
        if (!name.equals(part) || situation.to().goal() != Goal.CREATED) {
            return ServiceData.super.restore(name, content, situation);
        }
        clear();
        Unpacker.exact(user, ArchiveLimits.DATA).unpack(content.file(), part, folder, tree -> { });
        return true;
    }

    /** What an earlier, cut-short restore has left. */
    private void clear() throws IOException {
        Unpacker.delete(folder);
        try (var siblings = Files.newDirectoryStream(folder.getParent(), "." + folder.getFileName() + ".*.tmp")) {
            for (Path left : siblings) {
                Unpacker.delete(left);
            }
        }
    }
}
