/**
 * What a pod asks of its node, read from its spec.
 *
 * <p>Spec in, amounts out; the same numbers for scheduler, agent, quota and quality of service.
 */
@NullMarked
package dev.gantry.model.pod;

import org.jspecify.annotations.NullMarked;
