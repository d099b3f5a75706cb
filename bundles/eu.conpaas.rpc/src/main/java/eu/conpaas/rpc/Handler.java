package eu.conpaas.rpc;

/** Carries out a call. It runs on a virtual thread and may block. */
@FunctionalInterface
public interface Handler {
    /**
     * @return see {@link Expose}
     * @throws Exception an {@link eu.conpaas.api.ApiException} reaches the caller as it is; anything else as INTERNAL, and the log
     */
    Object handle(Call call) throws Exception;
}
