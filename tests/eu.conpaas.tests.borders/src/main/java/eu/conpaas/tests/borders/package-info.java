/** Tests of the floors and borders between the bundles; the bundle itself holds nothing. */
package eu.conpaas.tests.borders;
