package eu.conpaas.rpc;

/** Is told how far an upload or download has come. Called often, from the calling thread; must be quick. */
@FunctionalInterface
public interface Progress {
    /** @param total bytes in all, or -1 if unknown */
    void moved(long done, long total);
}
