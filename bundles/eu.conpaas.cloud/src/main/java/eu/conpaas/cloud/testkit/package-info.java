/**
 * What drivers and their users test with: {@link eu.conpaas.cloud.testkit.CloudContract} holds the checks every cloud passes,
 * {@link eu.conpaas.cloud.testkit.HostileCloud} is a cloud that does to its caller what real ones do on bad days. No test framework is needed.
 */
package eu.conpaas.cloud.testkit;
