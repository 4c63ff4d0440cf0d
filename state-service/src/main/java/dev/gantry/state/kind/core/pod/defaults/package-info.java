/**
 * What a pod or a template is taken to say where it says nothing. Refuses nothing.
 *
 * <p>Compat: {@code pkg/apis/core/v1/defaults.go}.
 */
@NullMarked
package dev.gantry.state.kind.core.pod.defaults;

import org.jspecify.annotations.NullMarked;
