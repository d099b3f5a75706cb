package eu.conpaas.director.internal.transfer;

import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import eu.conpaas.api.CodeVersion;
import eu.conpaas.api.DesiredState;
import eu.conpaas.director.internal.git.GitCopy;

/**
 * The index of an exported application: first entry of the file.
 *
 * @param format      {@link #FORMAT}
 * @param version     {@link #VERSION}; a file of a higher one is refused
 * @param secret      always true: hashes of passwords and people's data are inside
 * @param created     when the export was asked for, to the second
 * @param release     of the director that made it
 * @param application its name there
 * @param services    in the order they were made
 * @param contents    all that follows in the file, in this order
 */
public record ExportDoc(String format, int version, boolean secret, Instant created, String release, String application, List<ServiceDoc> services,
        List<ContentDoc> contents) {
    static final String FORMAT = "conpaas-application";
    static final int VERSION = 1;

    public ExportDoc {
        services = services == null ? List.of() : List.copyOf(services);
        contents = contents == null ? List.of() : List.copyOf(contents);
    }

    /**
     * A service.
     *
     * @param cloud   as users name it
     * @param running whether it was to run
     * @param state   what a copy begins with: counters, settings, versions, no nodes
     * @param git     its repository, or null
     */
    public record ServiceDoc(String name, String type, String cloud, boolean running, DesiredState state, List<CodeVersion> versions, GitCopy git,
            List<DataDoc> data) {
        public ServiceDoc {
            versions = versions == null ? List.of() : List.copyOf(versions);
            data = data == null ? List.of() : List.copyOf(data);
        }

        ServiceDoc with(List<DataDoc> parts) {
            return new ServiceDoc(name, type, cloud, running, state, versions, git, parts);
        }

        /** SHA-256 of everything of it that is in the file. */
        Set<String> hashes() {
            Set<String> hashes = new HashSet<>();
            versions.forEach(v -> hashes.add(v.hash()));
            data.forEach(d -> hashes.add(d.sha256()));
            if (git != null) {
                hashes.addAll(git.packs());
            }
            if (state.startupScript() != null) {
                hashes.add(state.startupScript());
            }
            return hashes;
        }
    }

    /** A part of a service's data; {@code format} as in the SDK's {@code DataPart}. */
    public record DataDoc(String name, String format, String sha256) {
    }

    /** A content of the file. */
    public record ContentDoc(String sha256, long size) {
    }

    ExportDoc with(List<ServiceDoc> newServices, List<ContentDoc> newContents) {
        return new ExportDoc(format, version, secret, created, release, application, newServices, newContents);
    }

    /** SHA-256 of everything any service refers to. */
    Set<String> hashes() {
        Set<String> hashes = new HashSet<>();
        services.forEach(service -> hashes.addAll(service.hashes()));
        return hashes;
    }

    /** Bytes of each content, by SHA-256, in the file's order. */
    Map<String, Long> sizes() {
        Map<String, Long> sizes = new LinkedHashMap<>();
        contents.forEach(c -> sizes.put(c.sha256(), c.size()));
        return sizes;
    }
}
