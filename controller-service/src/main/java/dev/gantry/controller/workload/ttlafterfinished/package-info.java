/**
 * Deletes Jobs that ended, after the time that they name.
 *
 * <p>A Job in; its deletion out, or when to look again.
 *
 * <p>Compat: pkg/controller/ttlafterfinished of Kubernetes.
 */
@NullMarked
package dev.gantry.controller.workload.ttlafterfinished;

import org.jspecify.annotations.NullMarked;
