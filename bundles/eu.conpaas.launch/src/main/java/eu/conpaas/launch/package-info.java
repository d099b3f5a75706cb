/** Starts the framework of a headless product and its program; not an installed bundle, see the README. */
package eu.conpaas.launch;
