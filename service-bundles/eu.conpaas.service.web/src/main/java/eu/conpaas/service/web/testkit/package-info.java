/** Real nodes and a director as small as can be, for the tests of services that are made of this bundle. */
package eu.conpaas.service.web.testkit;
