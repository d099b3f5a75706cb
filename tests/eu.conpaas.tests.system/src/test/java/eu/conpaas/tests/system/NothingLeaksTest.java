package eu.conpaas.tests.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.api.ServiceView;
import eu.conpaas.tests.load.SampleApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever an application had, when it is deleted nothing of it is left: nodes, files, databases, backups, repositories, exports. */
@ExtendWith(Sampled.class)
class NothingLeaksTest {
    private static final String NAME = "all of it";
    private final Path folder = Running.folder("leaks");
    private Platform platform;

    @Test
    void aDeletedApplicationLeavesNothing() throws Exception {
        try (Platform started = Platform.start(folder, FileServer.settings()); FileServer files = new FileServer()) {
            platform = started;
            Set<String> before = files();
            make(files);
            Set<Long> services = platform.services().stream().map(ServiceView::sid).collect(Collectors.toCollection(TreeSet::new));
            assertTrue(services.size() >= 3, services.toString());
            Set<String> addresses = platform.services().stream().map(ServiceView::address).collect(Collectors.toSet());
            assertTrue(!platform.books().kept(services).isEmpty() && files().size() > before.size(), "there is something to look for");
            platform.client().applications().forEach(a -> platform.cli().run("deleteapp", Long.toString(a.aid())).ok());
            platform.client().exports().list().forEach(e -> platform.cli().run("delete_export", e.id()).ok());
            platform.settled();
            assertEquals(Set.of(), platform.vms(), "nodes");
            assertEquals(List.of(), platform.books().kept(services));
            Set<String> left = files();
            left.removeAll(before);
            assertEquals(Set.of(), left, "files");
            String reserved = Files.readString(folder.resolve("director/clouds/default/addresses.json"));
            assertTrue(addresses.stream().noneMatch(a -> reserved.contains('"' + a + '"')), "addresses: " + reserved);
        }
    }

    /** A PHP site, a Java site with a repository, a database with a replica and a backup; an export of them, and in the long tests another application of that. */
    private void make(FileServer files) throws Exception {
        String archive = files.serve("/app.tar.gz", SampleApp.archive(folder.resolve("app.tar.gz"), "1", 0));
        String dump = files.serve("/rows.sql", "CREATE DATABASE d; CREATE TABLE d.t (a INT); INSERT INTO d.t VALUES (1);\n");
        String war = files.serve("/app.war", JavaApp.war(folder, "1"));
        Path manifest = Files.writeString(folder.resolve("manifest.json"), """
                {"Application": "%s", "Services": [
                  {"Type": "mysql", "ServiceName": "data", "Start": 1, "Password": "quite a long secret", "Dump": "%s", "StartupInstances": {"slaves": 1}},
                  {"Type": "php", "ServiceName": "pages", "Start": 1, "Archive": "%s", "Settings": {"persistent_paths": "data"}, "Environment": {"DB": "${data.address}"}},
                  {"Type": "java", "ServiceName": "servlets", "Start": 1, "Archive": "%s"}]}""".formatted(NAME, dump, archive, war));
        platform.cli().run("manifest", manifest.toString()).ok();
        new Site(platform, "php", service("pages"), null, null, 0).shown().text("/page.php?name=note&text=kept");
        GitClient git = new GitClient(platform, service("servlets"), folder.resolve("git"));
        git.commit("Version 2", pages -> JavaApp.write(pages, "2"));
        git.push().ok();
        platform.change("mysql", "create_backup", Long.toString(service("data")));
        platform.cli().run("download_manifest", NAME, "--secrets", "--data").ok();
        Path file = folder.resolve("all.conpaas");
        platform.cli().run("export_application", NAME, file.toString()).ok();
        if (Running.LONG) {
            platform.cli().run("import_application", file.toString(), "again").ok();
        }
    }

    private long service(String name) {
        return platform.services().stream().filter(s -> s.name().equals(name)).mapToLong(ServiceView::sid).findFirst().orElseThrow();
    }

    /**
     * What the director and its cloud keep on disk, but for logs, the database itself, contents, which go an hour after nothing refers to them, and what there
     * is from the first service on: three folders and the list of addresses.
     */
    private Set<String> files() {
        Path data = folder.resolve("director");
        try (Stream<Path> all = Files.walk(data)) {
            return all.map(f -> data.relativize(f).toString()).filter(f -> !f.matches(".*\\.(log|out)(\\..*)?|director\\.db.*|data/content(/[0-9a-f]{2}(/[0-9a-f]{64})?)?"
                    + "|clouds/default/(shared|vms|addresses\\.json)"))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
