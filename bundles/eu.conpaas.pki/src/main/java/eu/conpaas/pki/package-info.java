/** ConPaaS PKI: see the bundle's README. */
package eu.conpaas.pki;
