/** What services of an application tell each other. */
package eu.conpaas.service.reference;
