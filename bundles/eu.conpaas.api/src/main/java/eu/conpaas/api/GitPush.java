package eu.conpaas.api;

import java.util.List;

/**
 * A push on its way from a manager to the director ({@code POST /managers/git/push}), taken whole or not at all. With it come, where there are new
 * objects, a pack of them, and, where a code version is to be made, the archive of its files.
 *
 * @param epoch       the manager's epoch
 * @param updates     what becomes of which branches and tags
 * @param head        branch that is to make code versions, if none does yet; else null
 * @param version     commit (40 hexadecimal digits) the code version is made of, or null for none
 * @param description of the code version
 * @param by          key it was pushed with, for the audit log: its fingerprint
 */
public record GitPush(long epoch, List<Update> updates, String head, String version, String description, String by) {
    public GitPush {
        updates = List.copyOf(updates);
    }

    /**
     * @param ref    full name of the branch or tag
     * @param before object it led to (40 hexadecimal digits), or null if it is new
     * @param after  object it leads to, or null if it is deleted
     */
    public record Update(String ref, String before, String after) {
    }

    /**
     * The director's answer: all of it is on disk.
     *
     * @param version    id of the code version that was made (or was there), or null
     * @param repository version of the {@link GitRepository} with the push in it
     */
    public record Answer(String version, long repository) {
    }

    /**
     * One pack in place of all there are ({@code POST /managers/git/compact}).
     *
     * @param epoch   the manager's epoch
     * @param version of the {@link GitRepository} whose packs it replaces
     */
    public record Compact(long epoch, long version) {
    }
}
