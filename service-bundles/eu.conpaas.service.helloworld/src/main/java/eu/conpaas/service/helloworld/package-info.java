/** ConPaaS Hello World Service: see the bundle's README. */
package eu.conpaas.service.helloworld;
