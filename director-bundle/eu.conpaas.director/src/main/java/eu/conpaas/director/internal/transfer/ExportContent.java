package eu.conpaas.director.internal.transfer;

import java.io.IOException;
import java.io.OutputStream;

import eu.conpaas.director.internal.content.ContentStore;
import eu.conpaas.rpc.Download;

/** The bytes of an export, from any of them on. */
final class ExportContent implements Download.Ranged {
    private final Exports.Stored export;
    private final ExportFile file;
    private final ContentStore store;

    ExportContent(Exports.Stored export, ContentStore store) {
        this.export = export;
        this.file = export.file();
        this.store = store;
    }

    Download download() {
        return new Download(export.id() + ".conpaas", "application/x-tar", file.size(), this);
    }

    @Override
    public String tag() {
        return export.sha256();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        writeTo(out, 0, file.size());
    }

    @Override
    public void writeTo(OutputStream out, long offset, long length) throws IOException {
        file.writeTo(out, store::path, offset, length);
    }
}
