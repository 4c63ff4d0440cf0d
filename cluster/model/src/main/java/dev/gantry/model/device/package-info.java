/**
 * Devices that claims have, and whether the pods of a claim may run.
 *
 * <p>A ResourceClaim in, facts out. The scheduler waits for them, and state looks at them once more
 * before a pod is bound. Not here: which device a claim gets, which is the scheduler's matter.
 */
@NullMarked
package dev.gantry.model.device;

import org.jspecify.annotations.NullMarked;
