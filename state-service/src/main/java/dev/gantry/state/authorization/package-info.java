/**
 * Whether the caller of a write may store what it would store: a decided write and the cluster's
 * own roles and bindings in, a refusal or nothing out.
 *
 * <p>What only the object tells is judged here: which rights a role or a binding would grant, which
 * parameters a policy would read, and which parts of a claim's status change. Invariant: judged is
 * the very object that the commit stores, after patches, defaults and admission, so that nothing
 * can change it past its judge.
 *
 * <p>Whether the request may be made at all was the gateway's decision; what nodes may write is
 * {@code state.admission.NodeRestriction}'s.
 */
@NullMarked
package dev.gantry.state.authorization;

import org.jspecify.annotations.NullMarked;
