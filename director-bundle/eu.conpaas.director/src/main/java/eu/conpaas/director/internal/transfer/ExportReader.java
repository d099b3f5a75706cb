package eu.conpaas.director.internal.transfer;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.rpc.Json;

/** Reads a file that somebody says is an export. Nothing of it is believed before all of it has been read. */
final class ExportReader {
    private static final int LARGEST_INDEX = 4 << 20;
    private static final int MOST_SERVICES = 100;
    private static final int MOST_CONTENTS = 5000;
    private static final int BUFFER = 64 << 10;
    private static final String AGAIN = "Get the file again; its SHA-256 must be the one the export has.";
    private final Path file;

    ExportReader(Path file) {
        this.file = file;
    }

    /** Takes contents, one after the other. */
    interface Sink {
        void take(String sha256, InputStream bytes) throws IOException;
    }

    /** What a file turned out to be. @param index the document's own bytes */
    record Read(ExportDoc doc, String index) {
    }

    /** Reads and checks the whole file. @throws ApiException BAD_ARCHIVE, saying where it is wrong */
    Read check() throws IOException {
        return read((hash, bytes) -> bytes.transferTo(OutputStream.nullOutputStream()));
    }

    /** Reads the whole file and hands out its contents; what is handed out may turn out wrong at its end. */
    Read read(Sink sink) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            byte[] index = index(in);
            ExportDoc doc = parse(index);
            ExportFile expected = new ExportFile(index, doc);
            if (Files.size(file) != expected.size()) {
                throw bad("It has " + Files.size(file) + " bytes and should have " + expected.size() + ": it was cut or added to.");
            }
            long at = TarHeader.BLOCK + index.length;
            for (ExportFile.Part part : expected.parts().subList(2, expected.parts().size())) {
                compare(in, part, at, sink);
                at += part.length();
            }
            return new Read(doc, new String(index, StandardCharsets.UTF_8));
        }
    }

    /** The first entry; its header is compared with the only right one once the document is known. */
    private byte[] index(InputStream in) throws IOException {
        byte[] header = in.readNBytes(TarHeader.BLOCK);
        long length = header.length < TarHeader.BLOCK ? -1 : TarHeader.size(header, ExportFile.INDEX);
        if (length < 0) {
            throw bad("It is no export of an application: it does not begin with " + ExportFile.INDEX + ".");
        }
        if (length > LARGEST_INDEX) {
            throw bad("Its index is larger than " + (LARGEST_INDEX >> 20) + " MiB.");
        }
        byte[] index = in.readNBytes((int) length);
        if (index.length < length || !Arrays.equals(header, TarHeader.of(ExportFile.INDEX, length, parse(index).created()))) {
            throw bad("Its beginning is damaged.");
        }
        return index;
    }

    private static ExportDoc parse(byte[] index) {
        ExportDoc doc;
        try {
            JsonNode tree = Json.tree(new String(index, StandardCharsets.UTF_8));
            if (!ExportDoc.FORMAT.equals(tree.path("format").asText())) {
                throw bad("It is no export of an application.");
            }
            if (tree.path("version").asInt() != ExportDoc.VERSION) {
                throw new ApiException(ErrorCode.BAD_ARCHIVE, "The file has format version " + tree.path("version").asInt() + ", this director knows "
                        + ExportDoc.VERSION + ".", "Import it with the release that made it, or a later one.");
            }
            doc = Json.convert(tree, ExportDoc.class);
        } catch (IllegalArgumentException e) {
            throw new ApiException(ErrorCode.BAD_ARCHIVE, "The file cannot be imported: its index cannot be read.", AGAIN, e);
        }
        complete(doc);
        return doc;
    }

    /** Whether nothing is missing and nothing too much. */
    private static void complete(ExportDoc doc) {
        if (doc.created() == null || doc.created().getEpochSecond() < 0 || doc.created().getNano() != 0 || doc.application() == null
                || doc.services().size() > MOST_SERVICES || doc.contents().size() > MOST_CONTENTS) {
            throw bad("Its index is not one that a director makes.");
        }
        for (ExportDoc.ServiceDoc service : doc.services()) {
            if (service.name() == null || service.type() == null || service.cloud() == null || service.state() == null) {
                throw bad("Its index is incomplete.");
            }
        }
        Set<String> seen = new HashSet<>();
        for (ExportDoc.ContentDoc content : doc.contents()) {
            if (content.sha256() == null || !content.sha256().matches("[0-9a-f]{64}") || content.size() < 0 || !seen.add(content.sha256())) {
                throw bad("Its index names contents that cannot be.");
            }
        }
        if (!seen.equals(doc.hashes())) {
            throw bad("Its index does not fit its contents.");
        }
    }

    private void compare(InputStream in, ExportFile.Part part, long at, Sink sink) throws IOException {
        switch (part) {
            case ExportFile.Text text -> {
                if (!Arrays.equals(text.bytes(), in.readNBytes(text.bytes().length))) {
                    throw bad("It is damaged between byte " + at + " and byte " + (at + text.length()) + ".");
                }
            }
            case ExportFile.Content content -> {
                try (Stretch stretch = new Stretch(in, content.length())) {
                    sink.take(content.sha256(), stretch);
                    stretch.transferTo(OutputStream.nullOutputStream());
                    if (!stretch.hash().equals(content.sha256())) {
                        throw bad("It is damaged between byte " + at + " and byte " + (at + content.length()) + ".");
                    }
                }
            }
        }
    }

    private static ApiException bad(String why) {
        return new ApiException(ErrorCode.BAD_ARCHIVE, "The file cannot be imported. " + why, AGAIN);
    }
}
