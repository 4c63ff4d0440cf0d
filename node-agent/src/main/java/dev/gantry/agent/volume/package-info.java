/**
 * What a pod's volumes hold, decided: files with their modes, and mounts.
 *
 * <p>Spec, node and fetched objects in; contents or a problem in words out. Writing, mounting and
 * resolving paths is the shell's business.
 */
@NullMarked
package dev.gantry.agent.volume;

import org.jspecify.annotations.NullMarked;
