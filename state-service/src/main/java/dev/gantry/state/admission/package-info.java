/**
 * What a write must pass besides the rules of its kind: a request and a view of the cluster in, the
 * object completed, a refusal, or calls to make first out.
 *
 * <p>The phases and who takes part in them are {@code .chain}'s: the plugins that Kubernetes runs
 * by default ({@code .plugin}), and webhooks ({@code .webhook}). NamespaceLifecycle is the
 * registry's.
 *
 * <p>Invariant: nothing here calls anybody. A phase that needs a webhook's answer says which calls
 * it waits for; whoever asked makes them and asks again with {@link
 * dev.gantry.state.admission.Answers}. Time and chance are arguments; no plugin keeps state.
 *
 * <p>Not here: what comes in over Kafka, see {@code docs/decisions/0027}.
 */
@NullMarked
package dev.gantry.state.admission;

import org.jspecify.annotations.NullMarked;
