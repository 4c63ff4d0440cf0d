/**
 * What a write must pass after defaults and before validation: an object and a view of the cluster
 * in, the object completed or a refusal out.
 *
 * <p>Compat: the plugins that Kubernetes runs by default, in its order. NamespaceLifecycle is the
 * registry's, since it must hold at the commit; webhooks and policies are not here.
 *
 * <p>Chance is an argument; no plugin keeps state.
 */
@NullMarked
package dev.gantry.state.admission;

import org.jspecify.annotations.NullMarked;
