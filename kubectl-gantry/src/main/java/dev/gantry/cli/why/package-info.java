/**
 * Why a pod is where it is, or nowhere.
 *
 * <p>Cluster and pod in, {@link dev.gantry.cli.why.WhyReport} out; that as text or JSON.
 *
 * <p>What was decided comes from the pod's annotation, what would be decided today from the
 * scheduler's own functions. Nothing is written.
 */
@NullMarked
package dev.gantry.cli.why;

import org.jspecify.annotations.NullMarked;
