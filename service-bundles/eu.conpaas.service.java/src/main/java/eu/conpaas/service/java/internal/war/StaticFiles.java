package eu.conpaas.service.java.internal.war;

import eu.conpaas.service.supervise.EngineUser;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A second tree, of links to those files of an application that the web role may serve: not what is internal to it, nor pages, nor what a
 * servlet, a filter or a security constraint is in charge of. What it has not, Tomcat answers.
 */
final class StaticFiles {
    private static final Pattern PAGE = Pattern.compile(".*\\.(jsp|jspx|jspf|tag|tagx|class|jar)");
    private final Path tree;
    private final Path target;
    private final EngineUser user;

    StaticFiles(Path tree, Path target, EngineUser user) {
        this.tree = tree;
        this.target = target;
        this.user = user;
    }

    void link() throws IOException {
        UrlPatterns notFiles = WebXml.read(tree);
        user.folder(target);
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                boolean internal = folder.getParent().equals(tree) && folder.getFileName().toString().toUpperCase(Locale.ROOT).matches("(WEB|META)-INF");
                return internal ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String path = tree.relativize(file).toString();
                if (attributes.isRegularFile() && !PAGE.matcher(path.toLowerCase(Locale.ROOT)).matches() && !notFiles.match("/" + path)) {
                    Path link = target.resolve(path);
                    user.folder(link.getParent());
                    Files.createLink(link, file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
