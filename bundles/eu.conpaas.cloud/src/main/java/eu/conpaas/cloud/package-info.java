/** ConPaaS Cloud SPI: see the bundle's README. */
package eu.conpaas.cloud;
