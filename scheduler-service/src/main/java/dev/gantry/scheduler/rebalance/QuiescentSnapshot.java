package dev.gantry.scheduler.rebalance;

import dev.gantry.scheduler.preemption.Budgets;
import dev.gantry.scheduler.snapshot.Listing;
import java.time.Instant;
import java.util.SortedSet;

/**
 * All that is there, at a moment when the scheduler had nothing to do.
 *
 * @param waiting uids of the controllers of which a pod has no place
 * @param leadingSince from when on all moves have been ours; the epoch where no replica led before
 */
public record QuiescentSnapshot(
        Listing listing, Budgets budgets, SortedSet<String> waiting, Instant leadingSince) {}
