/**
 * The templates that a StatefulSet or a DaemonSet had, as ControllerRevisions, so that a rollout
 * can be undone.
 *
 * <p>A set and its revisions in; the revision of its template, and the writes that keep the history
 * out.
 *
 * <p>Compat: pkg/controller/history of Kubernetes.
 */
@NullMarked
package dev.gantry.controller.workload.history;

import org.jspecify.annotations.NullMarked;
