/** ConPaaS Director: see the bundle's README. */
package eu.conpaas.director;
