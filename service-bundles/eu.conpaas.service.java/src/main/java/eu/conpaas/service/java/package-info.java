/** ConPaaS Java Service: see the bundle's README. */
package eu.conpaas.service.java;
