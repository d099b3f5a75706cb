package eu.conpaas.cloud.testkit;

/** A call to a {@link HostileCloud} that can go wrong. */
public enum Call { CREATE, DESCRIBE, LIST, TERMINATE, CONSOLE, RESERVE, ADDRESSES, ATTACH, RELEASE, REMOVE_FOLDER }
