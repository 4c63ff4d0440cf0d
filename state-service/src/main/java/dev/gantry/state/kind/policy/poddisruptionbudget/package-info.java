/** PodDisruptionBudgets: how many pods of an application must stay, or may go. */
@NullMarked
package dev.gantry.state.kind.policy.poddisruptionbudget;

import org.jspecify.annotations.NullMarked;
