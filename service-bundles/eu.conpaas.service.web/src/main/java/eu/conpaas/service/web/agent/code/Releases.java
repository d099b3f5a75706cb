package eu.conpaas.service.web.agent.code;

import eu.conpaas.service.archive.Unpacker;
import eu.conpaas.service.web.agent.Place;
import eu.conpaas.service.web.doc.CodeDoc;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The releases on this node: one folder each, whole or absent, side by side. */
public final class Releases {
    private final Place place;
    private final ReleaseForm form;
    private final PersistentFolders persistent;

    public Releases(Place place, ReleaseForm form) {
        this.place = place;
        this.form = form;
        this.persistent = new PersistentFolders(place);
    }

    /** Makes the release be here and removes those that may not be kept. Does nothing if all is so already. */
    public synchronized void ensure(CodeDoc code) throws IOException {
        Path folder = place.releases().resolve(code.release().name());
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            if (code.hash() == null) {
                welcome(folder, code);
            } else {
                // dated by its upload: caches of users tell versions apart by it, whichever web node they ask
                new Unpacker(place.user().id()).dated(Instant.ofEpochMilli(code.time())).unpack(form.archive(place.context().content(code.hash()), code.hash(), place),
                        code.version(), folder, tree -> complete(tree, code));
            }
        }
        prune(code);
    }

    private void welcome(Path folder, CodeDoc code) throws IOException {
        Path temporary = folder.resolveSibling("." + folder.getFileName() + ".welcome.tmp");
        Unpacker.delete(temporary);
        place.user().folder(temporary);
        try (InputStream page = Releases.class.getResourceAsStream("/eu/conpaas/service/web/welcome.html")) {
            Path index = temporary.resolve("index.html");
            Files.copy(page, index);
            place.user().give(index);
            Files.setLastModifiedTime(index, java.nio.file.attribute.FileTime.fromMillis(0));
        }
        complete(temporary, code);
        Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    private void complete(Path tree, CodeDoc code) throws IOException {
        persistent.put(tree, code.persistent());
        form.arrange(tree, place);
    }

    private void prune(CodeDoc code) throws IOException {
        List<Path> gone;
        try (Stream<Path> all = Files.list(place.releases())) {
            gone = all.filter(p -> !code.keep().contains(p.getFileName().toString()) && !p.getFileName().toString().equals(code.release().name())).toList();
        }
        for (Path folder : gone) {
            Unpacker.delete(folder);
        }
    }
}
