/**
 * Services in the kernel: what the pure ruleset says, put into nftables and kept there.
 *
 * <p>Hears the cluster's objects, computes the wanted rulesets, hands scripts to {@code nft}, each
 * one transaction. Decides nothing about packets; see {@link dev.gantry.agent.network}.
 */
@NullMarked
package dev.gantry.agent.shell.nftables;

import org.jspecify.annotations.NullMarked;
