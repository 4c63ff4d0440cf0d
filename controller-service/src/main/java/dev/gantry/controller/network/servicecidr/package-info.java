/**
 * Keeps ServiceCIDRs from going while Services have addresses of them, and says whether they are
 * ready.
 *
 * <p>One ServiceCIDR, all others and the IPAddresses in; its finalizer and its condition Ready out.
 * Which addresses are given is decided where Services are written.
 */
@NullMarked
package dev.gantry.controller.network.servicecidr;

import org.jspecify.annotations.NullMarked;
