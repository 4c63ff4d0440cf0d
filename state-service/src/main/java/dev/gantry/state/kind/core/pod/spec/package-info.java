/**
 * The rules of a pod's spec and of the annotations that belong to it, in a pod and in a template.
 *
 * <p>One class per noun of the spec. Data in: a field; data out: its errors, each at its path.
 *
 * <p>Compat: {@code ValidatePodSpec} and {@code ValidatePodTemplateSpec}.
 */
@NullMarked
package dev.gantry.state.kind.core.pod.spec;

import org.jspecify.annotations.NullMarked;
