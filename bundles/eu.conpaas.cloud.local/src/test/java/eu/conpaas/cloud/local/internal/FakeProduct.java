package eu.conpaas.cloud.local.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A node product whose node program is a shell script. */
final class FakeProduct {
    private FakeProduct() {
    }

    static Path make(Path folder, String script) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path program = Files.writeString(bin.resolve("conpaas-node"), "#!/bin/sh\n" + script);
        Disk.rights(program, "rwxr-xr-x");
        return folder;
    }
}
