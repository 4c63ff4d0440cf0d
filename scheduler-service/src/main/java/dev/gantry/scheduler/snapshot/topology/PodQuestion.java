package dev.gantry.scheduler.snapshot.topology;

import dev.gantry.scheduler.snapshot.pod.PodTerm;
import java.util.List;

/**
 * "How many such pods are where?"
 *
 * @param allOf terms that must all match a pod for it to count; their topology keys don't matter
 * @param countsLeaving whether pods that are being deleted count
 */
public record PodQuestion(List<PodTerm> allOf, boolean countsLeaving) {
    public PodQuestion {
        allOf = List.copyOf(allOf);
    }
}
