/** ConPaaS Command Line: see the bundle's README. */
package eu.conpaas.cli;
