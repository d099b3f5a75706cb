package eu.conpaas.rpc;

import java.nio.file.Path;

/**
 * A file received. It is deleted when the call ends; a method that keeps it moves it away.
 *
 * @param name     name of the form field
 * @param filename name the client gave the file, without folders, never empty
 * @param path     where it is now
 * @param size     bytes
 */
public record Upload(String name, String filename, Path path, long size) {
}
