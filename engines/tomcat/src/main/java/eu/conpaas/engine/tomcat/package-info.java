/** Tomcat as a backend of the Java service: versions side by side, sessions in Redis, changed while it runs. */
package eu.conpaas.engine.tomcat;
