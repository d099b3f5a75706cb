/** Checking and unpacking archives that users upload. Nothing in an archive is trusted. */
package eu.conpaas.service.archive;
