package dev.gantry.controller.workload.podautoscaler;

import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;

/**
 * @param history to be remembered, whatever becomes of the plan
 */
record AutoscalerDecision(Plan<Action> plan, ScaleHistory history) {}
