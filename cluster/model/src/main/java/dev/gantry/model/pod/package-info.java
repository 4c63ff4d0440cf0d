/**
 * What a pod asks of its node and with whom it wants to be placed, read from the pod.
 *
 * <p>Pod in, amounts and group out; the same numbers for scheduler, agent, quota and quality of
 * service.
 */
@NullMarked
package dev.gantry.model.pod;

import org.jspecify.annotations.NullMarked;
