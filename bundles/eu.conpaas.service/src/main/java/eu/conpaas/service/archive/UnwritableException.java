package eu.conpaas.service.archive;

import java.io.IOException;

/** Writing an entry failed, which is not the archive's fault. */
final class UnwritableException extends IOException {
    private static final long serialVersionUID = 1L;

    UnwritableException(IOException cause) {
        super(cause);
    }
}
