/**
 * The health of nodes: beats and silence in; conditions, taints and not-ready pods out.
 *
 * <pre>
 *   first good beat            silence
 *   ──────────────► Ready ──────────────► Unknown    (taints unreachable: NoSchedule, NoExecute)
 *                    │ ▲                     │ beat
 *       bad beat     ▼ │ good beat           ▼
 *                  NotReady ◄──────────── Ready or NotReady   (taints not-ready)
 * </pre>
 *
 * <p>Invariant: when more than half of the nodes are silent, no NoExecute taint is added: that many
 * nodes don't die at once, but we may be cut off.
 *
 * <p>Compat: pkg/controller/nodelifecycle of Kubernetes.
 */
@NullMarked
package dev.gantry.monitoring.health;

import org.jspecify.annotations.NullMarked;
