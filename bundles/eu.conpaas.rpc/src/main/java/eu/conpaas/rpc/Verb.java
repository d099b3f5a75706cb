package eu.conpaas.rpc;

/** HTTP methods that endpoints use. HEAD is answered wherever GET is. */
public enum Verb {
    GET, POST, PUT, DELETE
}
