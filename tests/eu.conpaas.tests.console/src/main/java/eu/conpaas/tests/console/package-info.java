/** Tests of the console against real products: see the README. */
package eu.conpaas.tests.console;
