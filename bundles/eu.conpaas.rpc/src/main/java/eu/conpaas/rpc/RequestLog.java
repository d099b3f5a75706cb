package eu.conpaas.rpc;

import java.time.Duration;

import eu.conpaas.api.ErrorCode;

/** Is told of every call after it ended. Entries hold no query, parameter or token. Must not block. */
@FunctionalInterface
public interface RequestLog {
    void log(Entry entry);

    /**
     * @param address client
     * @param caller  who, or {@code -}
     * @param verb    HTTP method
     * @param path    without query
     * @param method  method name on a manager or agent, or null
     * @param status  HTTP status
     * @param error   what failed, or null
     * @param took    from the first header to the last byte handed over
     */
    record Entry(String address, String caller, String verb, String path, String method, int status, ErrorCode error, Duration took) {
        @Override
        public String toString() {
            return address + " " + caller + " " + verb + " " + path + (method == null ? "" : " " + method) + " " + status
                    + (error == null ? "" : " " + error) + " " + took.toMillis() + " ms";
        }
    }
}
