package eu.conpaas.cli.internal.config;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import eu.conpaas.api.ServiceDescriptor;
import eu.conpaas.cli.internal.CliException;
import eu.conpaas.client.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Service types known on this machine, one file each: those the director sent at sign-in, and those that came with this program for
 * types it has not sent. Files are read only when a type is asked for.
 */
public final class Descriptors {
    private static final String SUFFIX = ".json";
    private final List<Path> folders;
    private final Home home;
    private final Map<String, ServiceDescriptor> read = new LinkedHashMap<>();

    /** @param shipped folder of the descriptors that came with the program, or null */
    public Descriptors(Home home, Path shipped) {
        this.home = home;
        this.folders = Stream.of(home.file(Home.DESCRIPTORS), shipped).filter(java.util.Objects::nonNull).toList();
    }

    /** Type ids, in order. */
    public List<String> types() {
        TreeSet<String> ids = new TreeSet<>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    files.map(f -> f.getFileName().toString()).filter(n -> n.endsWith(SUFFIX))
                            .map(n -> n.substring(0, n.length() - SUFFIX.length())).forEach(ids::add);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return List.copyOf(ids);
    }

    public List<ServiceDescriptor> all() {
        return types().stream().map(this::find).flatMap(Optional::stream).toList();
    }

    /** The descriptor of a type, if it is known here. */
    public Optional<ServiceDescriptor> find(String type) {
        if (!type.matches("[a-z][a-z0-9_-]*")) {
            return Optional.empty();
        }
        ServiceDescriptor known = read.get(type);
        if (known == null) {
            known = folders.stream().map(f -> f.resolve(type + SUFFIX)).filter(Files::isRegularFile).findFirst().map(Descriptors::parse).orElse(null);
            if (known != null) {
                read.put(type, known);
            }
        }
        return Optional.ofNullable(known);
    }

    /** Keeps what the director sent. */
    public void store(List<ServiceDescriptor> descriptors) {
        ObjectWriter writer = JsonMapper.builder().build().writerWithDefaultPrettyPrinter();
        for (ServiceDescriptor descriptor : descriptors) {
            try {
                home.write(Home.DESCRIPTORS + "/" + descriptor.id() + SUFFIX, writer.writeValueAsBytes(descriptor));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            read.put(descriptor.id(), descriptor);
        }
    }

    private static ServiceDescriptor parse(Path file) {
        ObjectReader reader = JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build()
                .readerFor(ServiceDescriptor.class);
        try {
            return reader.readValue(Files.readAllBytes(file));
        } catch (IOException e) {
            throw CliException.usage(file + " is not a service descriptor: " + e.getMessage(), "Remove it and run 'conpaas credentials' again.");
        }
    }
}
