/**
 * The API {@code metrics.k8s.io/v1beta1}: what nodes and pods use, for {@code kubectl top} and
 * autoscalers.
 *
 * <p>A request and a view of the cluster in, JSON out. Judges nobody's rights: the API server has
 * done that before it passes a request on.
 */
@NullMarked
package dev.gantry.monitoring.metrics;

import org.jspecify.annotations.NullMarked;
