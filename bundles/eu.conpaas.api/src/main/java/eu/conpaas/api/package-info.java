/** ConPaaS API: see the bundle's README. */
package eu.conpaas.api;
