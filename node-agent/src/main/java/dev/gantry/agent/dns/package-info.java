/**
 * Names of the cluster: question × view of Services and endpoints → answer.
 *
 * <p>Compat: Kubernetes' DNS-Based Service Discovery 1.1. Names, types and time to live come from
 * there; where it is silent (a headless Service without endpoints) the name exists and has no
 * records, as the DNS itself would have it.
 *
 * <p>Knows no packets and no upstream servers: what is not ours comes back as such.
 */
@NullMarked
package dev.gantry.agent.dns;

import org.jspecify.annotations.NullMarked;
