/**
 * Pods, and the pod templates of every kind that makes pods.
 *
 * <p>One class per noun of the pod: its defaults ({@code *Defaults}) and its rules ({@code
 * *Rules}). The rules of a spec are the same in a pod and in a template, but for a few.
 *
 * <p>Compat: {@code pkg/apis/core/v1/defaults.go}, {@code pkg/apis/core/validation} and {@code
 * pkg/registry/core/pod}.
 */
@NullMarked
package dev.gantry.state.strategy.pod;

import org.jspecify.annotations.NullMarked;
