package eu.conpaas.rpc.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Promise;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.rpc.Upload;

/** Streams a multipart body to files. */
final class Multipart {
    private static final int MAX_PARTS = 64;
    private static final int MAX_PART_HEADERS = 8 << 10;

    private Multipart() {
    }

    static void read(Request http, Path folder, int maxFieldBytes, long maxBytes, Body into) {
        if (http.getLength() > maxBytes) {
            throw Body.tooLarge(maxBytes);
        }
        String boundary = MultiPart.extractBoundary(http.getHeaders().get(HttpHeader.CONTENT_TYPE));
        if (boundary == null) {
            throw new ApiException(ErrorCode.BAD_REQUEST, "The multipart body has no boundary.", "Send multipart/form-data with a boundary.");
        }
        MultiPartFormData.Parser parser = new MultiPartFormData.Parser(boundary);
        parser.setFilesDirectory(folder);
        parser.setMaxParts(MAX_PARTS);
        parser.setMaxLength(maxBytes);
        parser.setMaxFileSize(maxBytes);
        parser.setMaxMemoryFileSize(maxFieldBytes);
        parser.setPartHeadersMaxLength(MAX_PART_HEADERS);
        parser.setUseFilesForPartsWithoutFileName(false);
        CompletableFuture<MultiPartFormData.Parts> parsed = new CompletableFuture<>();
        parser.parse(http, Promise.Invocable.toPromise(parsed));
        try (MultiPartFormData.Parts parts = parsed.join()) {
            for (MultiPart.Part part : parts) {
                take(part, folder, into);
            }
        } catch (CompletionException e) {
            boolean large = e.getCause() instanceof IllegalStateException && String.valueOf(e.getCause().getMessage()).contains("exceeded");
            throw large ? Body.tooLarge(maxBytes) : Body.broken(e.getCause());
        } catch (IOException e) {
            throw new ApiException(ErrorCode.UNAVAILABLE, "The upload cannot be stored: " + e.getMessage() + ".",
                    "Tell the operator to look at the disk.", e);
        }
    }

    private static void take(MultiPart.Part part, Path folder, Body into) throws IOException {
        if (part.getFileName() == null) {
            into.params.put(part.getName(), part.getContentAsString(StandardCharsets.UTF_8));
            return;
        }
        Path file = Files.createTempFile(folder, "upload-", ".part");
        Upload before = into.uploads.put(part.getName(), new Upload(part.getName(), plainName(part.getFileName()), file, part.getLength()));
        if (before != null) {
            Files.deleteIfExists(before.path());
        }
        part.writeTo(file);
    }

    /** Only the last segment, whatever system the client has; never a name that means a folder. */
    private static String plainName(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1).replaceAll("\\p{Cntrl}", "");
        return last.isBlank() || last.equals(".") || last.equals("..") ? "upload" : last;
    }
}
