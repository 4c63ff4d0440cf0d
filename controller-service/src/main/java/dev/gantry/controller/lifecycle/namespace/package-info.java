/**
 * Empties a namespace that is being deleted, and lets it go when it is empty.
 *
 * <p>A namespace and what is left in it in; deletions, conditions or the end out.
 *
 * <p>Invariant: a namespace goes only after the API itself, not a cache, said that it is empty.
 *
 * <p>Extension servers are asked for what they keep in it, and it stays while one does not answer;
 * those that serve metrics are not waited for.
 *
 * <p>Compat: pkg/controller/namespace of Kubernetes: pods go first, the rest when they are gone;
 * what is left is told in conditions. How many are left of something is told every other second.
 */
@NullMarked
package dev.gantry.controller.lifecycle.namespace;

import org.jspecify.annotations.NullMarked;
