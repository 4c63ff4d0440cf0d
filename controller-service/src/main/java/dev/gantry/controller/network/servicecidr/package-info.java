/**
 * Keeps ServiceCIDRs from going while Services have addresses of them, and says whether they are
 * ready; and repairs IPAddresses: those that Services lack are made, those that no Service has go.
 *
 * <p>One ServiceCIDR, all others and the IPAddresses in; its finalizer and its condition Ready out.
 * One Service or IPAddress, and what it should belong to, in; IPAddresses and events out. Which
 * addresses are given is decided where Services are written, together with their IPAddresses.
 *
 * <p>Invariant: what a cache does not know is looked up at the API before it counts as missing.
 */
@NullMarked
package dev.gantry.controller.network.servicecidr;

import org.jspecify.annotations.NullMarked;
