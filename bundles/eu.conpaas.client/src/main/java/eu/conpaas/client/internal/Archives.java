package eu.conpaas.client.internal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.pki.Credentials;

/** Unpacks the {@code certs.zip} of 1.3.1. */
public final class Archives {
    private static final int LARGEST = 64 << 10;

    private Archives() {
    }

    public static Credentials credentials(byte[] zip) {
        Map<String, String> files = new HashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), new String(in.readNBytes(LARGEST), StandardCharsets.US_ASCII));
            }
            return Credentials.of(get(files, Credentials.KEY_FILE), get(files, Credentials.CERTIFICATE_FILE), get(files, Credentials.CA_FILE));
        } catch (IOException | IllegalArgumentException e) {
            // 1.3.1 answers a wrong password with the literal false.
            boolean refused = new String(zip, StandardCharsets.US_ASCII).strip().equals("false");
            throw refused ? new ApiException(ErrorCode.NOT_AUTHENTICATED, "User name or password is wrong.", "Try again.", e)
                    : new ApiException(ErrorCode.INTERNAL, "The director's certs.zip cannot be read: " + e.getMessage() + ".",
                            "Compare the releases of both sides.", e);
        }
    }

    private static String get(Map<String, String> files, String name) {
        String text = files.get(name);
        if (text == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return text;
    }
}
