/**
 * Makes a Job of a CronJob whenever it is due, and clears away old ones.
 *
 * <p>A {@link dev.gantry.controller.workload.cronjob.CronJobView} in; Jobs to make or to delete and
 * the status out, and when it is due next.
 *
 * <p>Invariant: a time that it is due makes one Job: its name says the minute.
 *
 * <p>Compat: pkg/controller/cronjob of Kubernetes.
 */
@NullMarked
package dev.gantry.controller.workload.cronjob;

import org.jspecify.annotations.NullMarked;
