package eu.conpaas.service.runtime;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.rpc.Json;
import eu.conpaas.service.supervise.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Configurations of an agent's roles on disk, and the highest manager epoch it has met. */
final class RoleStore {
    private static final Pattern ROLE = Pattern.compile("[a-z][a-z0-9_-]*");
    private static final String EPOCH = "epoch";
    private final Path folder;
    private long epoch;

    RoleStore(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
        try {
            epoch = Long.parseLong(Files.readString(folder.resolve(EPOCH)).strip());
        } catch (NoSuchFileException e) {
            epoch = 0;
        }
    }

    /** Notes a manager's epoch. @throws ApiException STALE_EPOCH if one of a later manager has been seen */
    synchronized void epoch(long seen) throws IOException {
        if (seen < epoch) {
            throw new ApiException(ErrorCode.STALE_EPOCH, "This agent obeys a manager of epoch " + epoch + ", the call is of epoch " + seen + ".",
                    "The manager that called has been replaced and should end.");
        }
        if (seen > epoch) {
            AtomicFiles.write(folder.resolve(EPOCH), Long.toString(seen));
            epoch = seen;
        }
    }

    Map<String, Map<String, Object>> read() throws IOException {
        Map<String, Map<String, Object>> roles = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                String name = file.getFileName().toString();
                roles.put(name.substring(0, name.length() - ".json".length()), Json.map(Files.readString(file)));
            }
        }
        return roles;
    }

    void write(String role, Map<String, Object> configuration) throws IOException {
        AtomicFiles.write(file(role), Json.write(configuration));
    }

    void delete(String role) throws IOException {
        Files.deleteIfExists(file(role));
    }

    private Path file(String role) {
        if (!ROLE.matcher(role).matches()) {
            throw new ApiException(ErrorCode.INVALID_ARGUMENT, "Invalid arguments DETAIL:role '" + role + "'.", "Name a role of the service.");
        }
        return folder.resolve(role + ".json");
    }
}
