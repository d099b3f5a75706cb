package eu.conpaas.service.git.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.Assignment;
import eu.conpaas.api.NodeContext;
import eu.conpaas.api.NodeKind;
import eu.conpaas.service.archive.Unpacker;
import eu.conpaas.service.manager.ManagerAddOn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real git and ssh against the server of a manager whose director is played. */
class GitDoorTest {
    @TempDir
    Path folder;
    private PlayedDirector director;
    private Client client;
    private ManagerAddOn.Running manager;
    private Consumer<Assignment> hears;

    @BeforeEach
    void start() throws IOException {
        director = new PlayedDirector(Files.createDirectory(folder.resolve("director")));
        client = new Client(folder.resolve("client"));
        manager(1);
    }

    private void manager(int n) {
        if (manager != null) {
            director.leave(hears);
            manager.close();
        }
        NodeContext node = new NodeContext("n-" + n, NodeKind.MANAGER, "php", 1, 1, 1, n, "", "127.0.0.1", 0, null, 10, 1);
        ManagerAddOn.Running added = new GitAddOn().start(node, folder.resolve("manager" + n), director);
        manager = added;
        hears = added::assigned;
        director.join(hears);
    }

    @AfterEach
    void stop() {
        manager.close();
    }

    private void allow(String... keys) {
        director.change(director.git().head(), director.git().activate(), List.of(keys));
        await(() -> !manager.info().isEmpty());
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "waited too long");
            Thread.onSpinWait();
            Thread.yield();
        }
    }

    private Map<?, ?> facts() {
        await(() -> !manager.info().isEmpty());
        return (Map<?, ?>) manager.info().get("git");
    }

    private Path cloned(Client who, String name) {
        who.git(who.home(), "clone", facts().get("url").toString(), name).ok();
        return who.home().resolve(name);
    }

    private Path pushedOnce() throws IOException {
        allow(client.publicKey());
        Path work = cloned(client, "work");
        client.commit(work, "index.php", "one", "First page");
        client.git(work, "push", "origin", "HEAD:main").ok();
        return work;
    }

    @Test
    void nothingIsOpenWithoutAKey() {
        assertTrue(manager.info().isEmpty());
        assertThrows(ApiException.class, () -> manager.query("get_git_info", Map.of()));
        assertFalse(Files.exists(folder.resolve("manager1")));
    }

    @Test
    void withoutAKeyNothingOfTheLibrariesIsLoaded() throws Exception {
        Path log = folder.resolve("classes");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(), "-Xlog:class+load:file=" + log, "-cp",
                IdleManager.classPath(), IdleManager.class.getName(), folder.toString()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), said);
        List<String> loaded = Files.readAllLines(log);
        assertTrue(loaded.stream().anyMatch(l -> l.contains(GitDoor.class.getName())));
        assertEquals(List.of(), loaded.stream().filter(l -> l.matches(".*org\\.(eclipse\\.jgit|apache\\.sshd|bouncycastle)\\..*")).toList());
    }

    @Test
    void aPushMakesAVersionAndAnotherManagerHasItAll() throws IOException {
        allow(client.publicKey());
        Path work = cloned(client, "work");
        client.commit(work, "index.php", "<?php echo 1;", "First page");
        client.commit(work, "sub/ä b.txt", "text", "Second, with a folder");
        Files.createSymbolicLink(work.resolve("link.txt"), Path.of("sub/ä b.txt"));
        client.commit(work, "run.sh", "#!/bin/sh", "Third");
        String id = client.head(work).substring(0, 7);
        String said = client.git(work, "push", "-u", "origin", "HEAD:main").ok();
        assertTrue(said.contains("remote: Code version " + id + ": Third"), said);
        assertEquals("refs/heads/main", director.git().head());
        Path tree = folder.resolve("tree");
        new Unpacker(-1).unpack(director.versions.get(id), id, tree, t -> { });
        assertEquals("<?php echo 1;", Files.readString(tree.resolve("index.php")));
        assertEquals("text", Files.readString(tree.resolve("link.txt")));
        assertFalse(Files.exists(tree.resolve(".git")));

        Object key = facts().get("hostKey");
        manager(2);
        assertEquals(key, facts().get("hostKey"));
        Path again = cloned(client, "again");
        assertEquals(client.git(work, "log", "--format=%H %s").ok(), client.git(again, "log", "--format=%H %s").ok());
        assertEquals("Already up to date.", client.git(again, "pull").ok().strip());
        client.commit(again, "more.txt", "more", "Fourth");
        assertTrue(client.git(again, "push").ok().contains("Fourth"));
        client.git(work, "fetch", facts().get("url").toString(), "main").ok();
        assertEquals(client.head(again), client.git(work, "rev-parse", "FETCH_HEAD").ok().strip());
        assertEquals(1, client.knownHosts().lines().map(l -> l.split(" ")[2]).distinct().count());
    }

    @Test
    void onlyTheKeysAndOnlyGitAreLetIn() throws IOException {
        pushedOnce();
        int port = (Integer) facts().get("port");
        Client stranger = new Client(folder.resolve("stranger"), "-t", "ecdsa", "-b", "384");
        assertTrue(stranger.git(stranger.home(), "clone", facts().get("url").toString(), "work").refused().contains("Permission denied"));
        assertTrue(client.ssh(port, "ls /").refused().contains("does not run commands"));
        assertTrue(client.ssh(port, "git-upload-pack '../../etc'").refused().contains("one repository"));
        assertTrue(client.ssh(port, "git-upload-pack 'code'; touch " + folder.resolve("bad")).refused().contains("does not run commands"));
        assertTrue(client.ssh(port).refused().contains("does not run commands"));
        assertTrue(client.ssh(port, "-s", "sftp").refused().length() > 0);
        assertFalse(Files.exists(folder.resolve("bad")));
        Client rsa = new Client(folder.resolve("rsa"), "-t", "rsa", "-b", "2048");
        allow(client.publicKey(), stranger.publicKey(), rsa.publicKey());
        await(() -> stranger.git(stranger.home(), "ls-remote", facts().get("url").toString()).exit() == 0);
        rsa.git(rsa.home(), "ls-remote", facts().get("url").toString()).ok();
        allow(stranger.publicKey());
        await(() -> rsa.git(rsa.home(), "ls-remote", facts().get("url").toString()).exit() != 0);
        director.change(null, false, List.of());
        await(() -> manager.info().isEmpty());
        assertTrue(stranger.ssh(port).refused().contains("Connection refused"));
    }

    @Test
    void aPushIsRefusedWhileTheDirectorIsAwayAndNothingIsLost() throws IOException {
        Path work = pushedOnce();
        String before = director.git().refs().toString();
        client.commit(work, "index.php", "two", "Second page");
        director.away = true;
        String said = client.git(work, "push", "origin", "HEAD:main").refused();
        assertTrue(said.contains("director cannot be reached"), said);
        assertEquals(before, director.git().refs().toString());
        assertNotEquals(client.head(work), client.git(work, "ls-remote", "origin", "main").ok().split("\\s")[0]);
        director.away = false;
        director.refusal = "You would keep too much.";
        assertTrue(client.git(work, "push", "origin", "HEAD:main").refused().contains("You would keep too much"));
        director.refusal = null;
        client.git(work, "push", "origin", "HEAD:main").ok();
        manager(2);
        assertEquals(client.head(work), client.head(cloned(client, "again")));
    }

    @Test
    void branchesAndTagsAreKeptAndOnlyOneBranchMakesVersions() throws IOException {
        Path work = pushedOnce();
        client.git(work, "checkout", "-q", "-b", "try/it").ok();
        client.commit(work, "index.php", "try", "Trying");
        client.git(work, "tag", "-a", "-m", "a tag", "v1").ok();
        String said = client.git(work, "push", "origin", "try/it", "v1").ok();
        assertTrue(said.contains("versions are made of main"), said);
        assertEquals(1, director.versions.size());
        assertTrue(client.git(work, "push", "origin", "HEAD:refs/notes/x").refused().contains("only branches and tags"));
        assertTrue(client.git(work, "push", "origin", ":main").refused().contains("versions are made of this branch"));
        client.git(work, "push", "origin", ":v1").ok();
        assertEquals(List.of("refs/heads/main", "refs/heads/try/it"), List.copyOf(director.git().refs().keySet()));
        client.git(work, "checkout", "-q", "-B", "other", "try/it~1").ok();
        client.git(work, "commit", "-q", "--amend", "-m", "Instead").ok();
        assertTrue(client.git(work, "push", "origin", "HEAD:main").refused().contains("rejected"));
        client.git(work, "push", "-f", "origin", "HEAD:main").ok();
        director.change("refs/heads/try/it", false, director.git().keys());
        client.git(work, "checkout", "-q", "try/it").ok();
        client.commit(work, "index.php", "try again", "Trying again");
        assertTrue(client.git(work, "push", "origin", "try/it").ok().contains("Code version"));
        manager(2);
        assertEquals(client.head(work), client.head(cloned(client, "again")));
    }

    @Test
    void whatIsPushedIsActivatedIfThatIsWanted() throws IOException {
        Path work = pushedOnce();
        assertTrue(director.activated.isEmpty());
        director.change(director.git().head(), true, director.git().keys());
        client.commit(work, "index.php", "two", "Second page");
        await(() -> facts().get("activate").equals("On"));
        String said = client.git(work, "push", "origin", "HEAD:main").ok();
        String id = client.head(work).substring(0, 7);
        assertTrue(said.contains(id + " is active"), said);
        assertEquals(List.of(id), director.activated);
    }

    @Test
    void pushesAtTheSameTimeAreTakenOneAfterTheOther() throws IOException {
        Path first = pushedOnce();
        Path second = cloned(client, "second");
        client.commit(first, "a.txt", "a", "A");
        client.commit(second, "b.txt", "b", "B");
        var one = CompletableFuture.supplyAsync(() -> client.git(first, "push", "origin", "HEAD:main"));
        var two = CompletableFuture.supplyAsync(() -> client.git(second, "push", "origin", "HEAD:main"));
        assertEquals(1, (one.join().exit() == 0 ? 1 : 0) + (two.join().exit() == 0 ? 1 : 0), one.join().text() + two.join().text());
        Path loser = one.join().exit() == 0 ? second : first;
        client.git(loser, "pull", "--rebase", "origin", "main").ok();
        client.git(loser, "push", "origin", "HEAD:main").ok();
        assertEquals("3", client.git(loser, "rev-list", "--count", "origin/main").ok().strip());
    }

    @Test
    void manyPushesBecomeOnePack() throws IOException {
        Path work = pushedOnce();
        for (int i = 0; i < 20; i++) {
            client.commit(work, "index.php", "page " + i, "Page " + i);
            client.git(work, "push", "-q", "origin", "HEAD:main").ok();
        }
        await(() -> director.git().packs().size() == 1);
        manager(2);
        Path again = cloned(client, "again");
        assertEquals(client.git(work, "log", "--format=%H").ok(), client.git(again, "log", "--format=%H").ok());
        client.git(again, "fsck", "--strict").ok();
    }
}
