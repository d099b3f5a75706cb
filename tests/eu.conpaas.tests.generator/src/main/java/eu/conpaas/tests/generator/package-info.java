/** Test of the generator of services; the bundle itself holds nothing. */
package eu.conpaas.tests.generator;
