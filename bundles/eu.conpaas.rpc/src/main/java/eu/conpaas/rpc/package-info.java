/** ConPaaS RPC: see the bundle's README. */
package eu.conpaas.rpc;
