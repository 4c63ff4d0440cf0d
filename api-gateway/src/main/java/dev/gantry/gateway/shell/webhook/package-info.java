/**
 * Servers outside of the platform that answer reviews or take audit events, each found by a
 * kubeconfig.
 *
 * <p>What is asked and what an answer means is the core's matter.
 */
@NullMarked
package dev.gantry.gateway.shell.webhook;

import org.jspecify.annotations.NullMarked;
