package eu.conpaas.rpc;

/** The one place where a server decides who may do what. Thread-safe. */
@FunctionalInterface
public interface Guard {
    /**
     * Decides. Called before a body with files is read and before the endpoint runs; never for {@link Access#PUBLIC}.
     *
     * @return who calls
     * @throws eu.conpaas.api.ApiException NOT_AUTHENTICATED, FORBIDDEN, NOT_FOUND (of what is not the caller's), TOO_MANY_REQUESTS
     */
    Caller authorize(Request request, Access access);
}
