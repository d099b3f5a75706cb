/** ConPaaS Node: see the bundle's README. */
package eu.conpaas.node;
