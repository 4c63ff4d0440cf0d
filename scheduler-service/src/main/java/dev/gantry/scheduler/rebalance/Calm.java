package dev.gantry.scheduler.rebalance;

import dev.gantry.scheduler.placement.preempt.Budgets;
import dev.gantry.scheduler.snapshot.Listing;

/** All that is there, at a moment when the scheduler had nothing to do. */
public record Calm(Listing listing, Budgets budgets) {}
