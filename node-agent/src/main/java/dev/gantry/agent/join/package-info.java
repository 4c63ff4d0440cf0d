/**
 * How a machine becomes a node with a bootstrap token and the hash of the cluster's authority: what
 * was typed, whether a description of the cluster is to be believed, and the agent's settings that
 * follow from it.
 *
 * <p>Arguments, ConfigMaps and certificates in; values, or {@link dev.gantry.agent.join.CannotJoin}
 * with words for a person, out.
 *
 * <p>Invariant: nothing that came from the network is believed before it was checked with the token
 * and the hash, which came from the person.
 *
 * <p>Compat: kubeadm's discovery by token.
 */
@NullMarked
package dev.gantry.agent.join;

import org.jspecify.annotations.NullMarked;
