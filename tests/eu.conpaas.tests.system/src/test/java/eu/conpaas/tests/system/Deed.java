package eu.conpaas.tests.system;

/** A change during which something dies: how to get to where it begins, what is asked, what must be so in the end. */
interface Deed {
    /** Makes everything be where the deed begins. @return the service it is about; 0 if the deed makes it */
    long prepare(Platform platform) throws Exception;

    /**
     * Asks for it and does not wait for its end. With the same id once more it is the same request.
     *
     * @throws AssertionError                if a command refuses, as it may when there is nothing left to do
     * @throws eu.conpaas.api.ApiException if a call is refused
     */
    void ask(Platform platform, long sid, String request) throws Exception;

    /** Whether all of it is there. @param sid the service it was about or has made last, 0 if there is none */
    boolean isDone(Platform platform, long sid) throws Exception;

    /** For people who read the outcome. */
    String name();
}
