/**
 * Which pods to move so that nodes become empty or spread is restored: all that is there, budgets
 * and the earlier moves in, a few moves out, each with its reason.
 *
 * <p>A move is an eviction that is expected to end well: the scheduler itself, on a copy, would
 * place the pod elsewhere. So there is no second idea of what fits, and nothing has to be told
 * afterwards where the successor shall go.
 *
 * <p>Invariants: no budget is overdrawn; of one workload one pod moves at a time; every move lowers
 * what is too much of any spread rule, or leaves that as it is and takes a pod from a less filled
 * node to a fuller one. No sequence of such moves comes back to where it began, so it settles.
 *
 * <p>Cost: one pass over nodes and pods, then at most 8 nodes of 110 pods and 16 rules of 16 pods
 * are tried, each pod twice.
 *
 * <p>Evicts no pod and reads no clock.
 */
@NullMarked
package dev.gantry.scheduler.rebalance;

import org.jspecify.annotations.NullMarked;
