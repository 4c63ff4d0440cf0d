/**
 * Resizing pods in place: what of a pod's resources the node has given it, and how its cgroups come
 * to hold that.
 *
 * <pre>
 *   asked for (spec) ──admitted──► allocated ──steps──► actual (cgroups)
 * </pre>
 *
 * <p>Pod specs and the values of cgroups in, changes and ordered steps out. Whether a node has room
 * is {@code agent.node}'s to say; when a step is taken, {@code agent.pod}'s.
 *
 * <p>Invariant: what is allocated is on disk before the first step towards it.
 */
@NullMarked
package dev.gantry.agent.resize;

import org.jspecify.annotations.NullMarked;
