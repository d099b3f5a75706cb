/** ConPaaS Local Cloud: see the bundle's README. */
package eu.conpaas.cloud.local;
