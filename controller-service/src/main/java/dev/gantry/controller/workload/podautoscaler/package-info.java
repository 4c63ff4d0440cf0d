/**
 * Scales whatever has a scale subresource so that its pods' metrics come near to what a
 * HorizontalPodAutoscaler wants.
 *
 * <p>In: the autoscaler, the scale of its target, the target's pods, answers of the three metrics
 * APIs, and what was recommended and done before. Out: the new scale, if it changes, and the
 * autoscaler's status. Of several metrics, the one that wants most replicas wins; where some are
 * unknown, nothing is scaled down.
 *
 * <p>Recommendations and changes of scale of the last minutes are remembered by the leading replica
 * alone: after a takeover, stabilization begins anew.
 *
 * <p>Compat: pkg/controller/podautoscaler.
 */
@NullMarked
package dev.gantry.controller.workload.podautoscaler;

import org.jspecify.annotations.NullMarked;
