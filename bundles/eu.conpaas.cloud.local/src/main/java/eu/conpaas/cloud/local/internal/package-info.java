/** The local cloud: each node is a process tree on this machine. Nothing here is promised to others. */
package eu.conpaas.cloud.local.internal;
