/** ConPaaS Service SDK: see the bundle's README. */
package eu.conpaas.service;
