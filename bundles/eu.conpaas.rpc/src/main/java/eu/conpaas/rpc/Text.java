package eu.conpaas.rpc;

/** A result sent as UTF-8 text rather than JSON. */
public record Text(String text, String contentType) {
    public static Text plain(String text) {
        return new Text(text, "text/plain; charset=utf-8");
    }

    /** PEM. */
    public static Text pem(String pem) {
        return new Text(pem, "application/x-pem-file");
    }
}
