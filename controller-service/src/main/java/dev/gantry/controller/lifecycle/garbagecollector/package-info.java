/**
 * Collects what its owners left behind.
 *
 * <p>An object, what became of its owners, and its dependents in; deletions, releases and the
 * removal of the two finalizers of deletion out.
 *
 * <pre>
 *   owner deleted, background: it goes; then its dependents, whose owner is missing, go
 *   owner deleted, foreground: it waits; dependents that block it go; then it goes
 *                              (but for those that wait for it in turn: a circle goes as one)
 *   owner deleted, orphan:     it waits; dependents lose their reference; then it goes
 * </pre>
 *
 * <p>Invariant: an object is deleted only if the API itself says that none of its owners is there,
 * or the feed told the end of that very owner.
 *
 * <p>Compat: pkg/controller/garbagecollector of Kubernetes. Owners of kinds that are not served
 * count as there. Objects of extension servers are owners and dependents like all others.
 */
@NullMarked
package dev.gantry.controller.lifecycle.garbagecollector;

import org.jspecify.annotations.NullMarked;
