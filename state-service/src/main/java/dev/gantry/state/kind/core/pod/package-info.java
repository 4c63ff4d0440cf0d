/**
 * Pods: what happens to one that is made, changed, resized, or reports its status.
 *
 * <p>What a spec may say is judged below, the same for pods and for the templates of every kind
 * that makes pods: {@code spec} asks {@code volume} and {@code container}, each for its part, and
 * {@code defaults} fills in what was left out.
 *
 * <p>Compat: {@code pkg/apis/core/validation} and {@code pkg/registry/core/pod}.
 */
@NullMarked
package dev.gantry.state.kind.core.pod;

import org.jspecify.annotations.NullMarked;
