/**
 * Prometheus' text format: lines from names, labels and numbers. What is told is others' matter.
 */
@NullMarked
package dev.gantry.client.metrics;

import org.jspecify.annotations.NullMarked;
