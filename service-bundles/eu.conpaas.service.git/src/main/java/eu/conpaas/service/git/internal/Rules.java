package eu.conpaas.service.git.internal;

import eu.conpaas.api.GitRepository;
import java.io.IOException;
import java.util.Objects;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.eclipse.jgit.transport.ReceivePack;

/** What may be done to branches and tags. */
final class Rules {
    private static final int LONGEST_NAME = 200;

    private Rules() {
    }

    /** @return why a command is refused, or null */
    static String refuse(ReceiveCommand command, ReceivePack pack, GitRepository known) {
        String name = command.getRefName();
        boolean branch = name.startsWith(Constants.R_HEADS);
        if (!branch && !name.startsWith(Constants.R_TAGS)) {
            return "only branches and tags are kept";
        }
        if (name.length() > LONGEST_NAME || !Repository.isValidRefName(name)) {
            return "the name is not allowed";
        }
        boolean delete = command.getType() == ReceiveCommand.Type.DELETE;
        if (delete && name.equals(known.head())) {
            return "code versions are made of this branch; choose another with git_config before you delete it";
        }
        String before = ObjectId.zeroId().equals(command.getOldId()) ? null : command.getOldId().name();
        if (!Objects.equals(before, known.refs().get(name))) {
            return "it has been moved meanwhile; fetch first";
        }
        return delete || !branch ? null : notACommit(pack, command.getNewId());
    }

    private static String notACommit(ReceivePack pack, ObjectId id) {
        try {
            RevObject object = pack.getRevWalk().parseAny(id);
            return object instanceof RevCommit ? null : "a branch leads to a commit";
        } catch (MissingObjectException e) {
            return "the commit is missing: " + e.getMessage();
        } catch (IOException e) {
            return "the commit cannot be read: " + e.getMessage();
        }
    }
}
