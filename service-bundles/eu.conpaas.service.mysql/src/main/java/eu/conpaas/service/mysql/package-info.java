/** ConPaaS MySQL Service: see the bundle's README. */
package eu.conpaas.service.mysql;
