/**
 * Requests that leave the control plane: logs, exec, attach, port-forward and proxies.
 *
 * <p>Looks up the pod and its node and answers with where to go; logs are read here, the rest is
 * forwarded.
 */
@NullMarked
package dev.gantry.gateway.shell.agent;

import org.jspecify.annotations.NullMarked;
