/**
 * Which pods must leave a node because of a NoExecute taint, and when.
 *
 * <p>A pod and the taints of its node in; now why it goes and its deletion, or a time to look
 * again, out.
 *
 * <p>Compat: pkg/controller/tainteviction of Kubernetes. Time counts from the taint's timeAdded.
 */
@NullMarked
package dev.gantry.monitoring.eviction;

import org.jspecify.annotations.NullMarked;
