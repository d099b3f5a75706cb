/** Git repositories of services: keys, branches, objects, and the code versions that pushes make. */
package eu.conpaas.director.internal.git;
