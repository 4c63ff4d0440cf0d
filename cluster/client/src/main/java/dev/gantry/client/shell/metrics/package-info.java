/**
 * Counters, histograms and what a process says of itself, in Prometheus' text format.
 *
 * <p>A series is counted where something happens, by any thread and at the cost of an addition; its
 * text is made when somebody asks. Names, labels and bounds are those of Kubernetes' components,
 * whose dashboards and alerts ask for them (decision 34).
 *
 * <p>Invariant: labels have few values, or values that are removed again. Nothing here is asked for
 * over the network; that is done by whoever has a port.
 */
@NullMarked
package dev.gantry.client.shell.metrics;

import org.jspecify.annotations.NullMarked;
