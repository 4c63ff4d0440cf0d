/**
 * Gives every Service of type LoadBalancer its addresses, from ranges that whoever runs the cluster
 * set aside for that.
 *
 * <p>One Service and what all others hold in; its finalizer, its {@code status.loadBalancer} and
 * events out. The nodes announce the addresses and serve them; nothing is known of that here.
 *
 * <p>Invariant: no two Services hold the same address. What is taken is read from the Services
 * themselves, together with what was given to others and is not to be seen yet. Services with a
 * {@code loadBalancerClass} of somebody else are left alone.
 */
@NullMarked
package dev.gantry.controller.network.loadbalancer;

import org.jspecify.annotations.NullMarked;
