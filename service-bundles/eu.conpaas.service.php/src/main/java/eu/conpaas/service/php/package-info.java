/** ConPaaS PHP Service: see the bundle's README. */
package eu.conpaas.service.php;
