package eu.conpaas.api;

/** The states of a service, named as in ConPaaS 1.3.1. */
public enum ServiceState {
    /** Created, its manager is up (or coming up), nothing has been started. */
    INIT,
    /** Starting. */
    PROLOGUE,
    /** Serving. */
    RUNNING,
    /** Serving while being changed. */
    ADAPTING,
    /** Stopping. */
    EPILOGUE,
    /** Stopped; code, settings and data are kept. */
    STOPPED,
    /** Needs help: terminate, stop and start all lead out of it. */
    ERROR;

    /** Whether an operation is under way, so that clients wait for the next state. */
    public boolean isTransient() {
        return this == PROLOGUE || this == ADAPTING || this == EPILOGUE;
    }
}
