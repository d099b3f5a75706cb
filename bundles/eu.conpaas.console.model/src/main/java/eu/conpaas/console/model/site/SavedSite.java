package eu.conpaas.console.model.site;

import java.io.IOException;
import java.nio.file.Path;

import eu.conpaas.api.ApiException;
import eu.conpaas.api.ErrorCode;
import eu.conpaas.client.Connection;

/**
 * A connection that was saved.
 *
 * @param id     its folder's name
 * @param name   for people
 * @param url    of the director
 * @param user   user name there
 * @param folder with the user's key, the certificate, and that of the CA that was accepted
 */
public record SavedSite(String id, String name, String url, String user, Path folder) {
    /** How to reach it; its CA is the one that was accepted, whatever is shown now. @throws ApiException if the certificate cannot be read */
    public Connection connection() {
        try {
            return Connection.to(url).credentials(folder);
        } catch (IOException | IllegalArgumentException e) {
            throw new ApiException(ErrorCode.NOT_AUTHENTICATED, "The certificate in " + folder + " cannot be used: " + e.getMessage() + ".", "Sign in again.", e);
        }
    }
}
