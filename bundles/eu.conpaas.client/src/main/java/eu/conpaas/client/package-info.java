/** ConPaaS Client: see the bundle's README. */
package eu.conpaas.client;
