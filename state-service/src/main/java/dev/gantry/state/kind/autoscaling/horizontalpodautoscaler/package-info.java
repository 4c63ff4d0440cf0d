/**
 * HorizontalPodAutoscalers: stored as version 2, and read and written as version 1, too, which
 * keeps what it has no fields for in annotations.
 */
@NullMarked
package dev.gantry.state.kind.autoscaling.horizontalpodautoscaler;

import org.jspecify.annotations.NullMarked;
