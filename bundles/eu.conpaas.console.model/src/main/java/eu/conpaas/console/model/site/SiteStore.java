package eu.conpaas.console.model.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import eu.conpaas.client.Home;
import eu.conpaas.pki.Credentials;

/**
 * The saved connections, one folder each under {@code sites/} of the folder that the command line uses too; where the command line is signed
 * in, that is the first of them. No password is kept.
 */
public final class SiteStore {
    /** Id of the connection of the command line. */
    public static final String COMMAND_LINE = "command-line";
    private static final String SITES = "sites";
    private static final String NAME = "name";
    private final Path root;

    /** @param root usually {@code ~/.conpaas} */
    public SiteStore(Path root) {
        this.root = root;
    }

    /** All of them by name, the command line's first. */
    public List<SavedSite> list() {
        List<SavedSite> all = new ArrayList<>();
        if (Files.isDirectory(root.resolve(SITES))) {
            try (Stream<Path> folders = Files.list(root.resolve(SITES))) {
                folders.forEach(f -> read(f.getFileName().toString(), f).ifPresent(all::add));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        all.sort(Comparator.comparing(SavedSite::name));
        read(COMMAND_LINE, root).filter(own -> all.stream().noneMatch(s -> s.url().equals(own.url()) && s.user().equals(own.user())))
                .ifPresent(own -> all.add(0, own));
        return all;
    }

    private static Optional<SavedSite> read(String id, Path folder) {
        Home home = new Home(folder);
        return home.read(Home.TARGET).filter(url -> Files.exists(home.file(Home.CERT)) && Files.exists(home.file(Home.KEY)))
                .map(url -> new SavedSite(id, home.read(NAME).orElse(url.replaceFirst("^https://", "")), url, home.read(Home.USERNAME).orElse(""), folder));
    }

    /** Saves one; one for the same director and user is replaced. */
    public SavedSite save(String name, String url, String user, Credentials credentials) {
        String id = list().stream().filter(s -> s.url().equals(url) && s.user().equals(user) && !s.id().equals(COMMAND_LINE)).map(SavedSite::id).findFirst()
                .orElseGet(() -> free(url));
        Home home = new Home(root.resolve(SITES).resolve(id));
        home.write(Home.CA, credentials.caPem().getBytes(StandardCharsets.US_ASCII));
        home.write(Home.KEY, credentials.keyPem().getBytes(StandardCharsets.US_ASCII));
        home.write(Home.CERT, credentials.certificatePem().getBytes(StandardCharsets.US_ASCII));
        home.write(Home.USERNAME, user);
        home.write(NAME, name);
        home.write(Home.TARGET, url);
        return new SavedSite(id, name, url, user, home.folder());
    }

    private String free(String url) {
        String base = url.replaceFirst("^https://", "").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]+", "_");
        String id = base;
        for (int n = 2; Files.exists(root.resolve(SITES).resolve(id)); n++) {
            id = base + "_" + n;
        }
        return id;
    }

    /** Forgets one, its key and certificate included; the command line's is left alone. */
    public void remove(SavedSite site) {
        if (site.id().equals(COMMAND_LINE)) {
            return;
        }
        try (Stream<Path> files = Files.walk(site.folder())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
