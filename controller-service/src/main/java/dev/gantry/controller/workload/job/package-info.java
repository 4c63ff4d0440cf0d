/**
 * Runs the pods of a Job until enough of them succeeded, or too many failed.
 *
 * <p>A {@link dev.gantry.controller.workload.job.JobView} in; pods to create and to delete,
 * finalizers to remove, and the status out.
 *
 * <pre>
 * pod ends --> its uid is in status.uncountedTerminatedPods --> its finalizer is removed
 *          --> the uid leaves the list and the counter grows
 * the last pods end --> they are counted in the status that ends the Job, which counts no more
 *          --> their finalizers are removed
 * </pre>
 *
 * <p>Invariant: each pod that ended is counted once. It keeps a finalizer until the status names it
 * or ends the Job, and the status names it until the finalizer is gone.
 *
 * <p>Compat: pkg/controller/job of Kubernetes. Nothing is remembered between two looks: how long to
 * wait after failures is read from the pods that failed.
 */
@NullMarked
package dev.gantry.controller.workload.job;

import org.jspecify.annotations.NullMarked;
