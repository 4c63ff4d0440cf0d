package dev.gantry.scheduler.preemption;

import dev.gantry.scheduler.plugin.Verdict;
import dev.gantry.scheduler.snapshot.ClusterSnapshot.PlacedPod;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who must leave one node for the pod to fit: first all of lower priority, then as many as can be
 * spared come back, the most important first, and those whose leaving breaks a budget before all
 * others.
 *
 * <p>Example: a node of 4 cpu holds pods of 1 cpu with priorities 1, 2, 3 and 4; a pod of priority
 * 10 asks for 2. All four go; 4 comes back (3 free), then 3 (2 free), then 2 would leave too
 * little. Victims: 2 and 1.
 *
 * <p>Compat: {@code SelectVictimsOnNode}. Differs in one point: pods that are leaving anyway come
 * back last, so no other pod has to go in their place.
 */
final class VictimSearch {
    private static final Comparator<PlacedPod> LEAVING_LAST =
            Comparator.comparing((PlacedPod each) -> each.pod().isLeaving());

    /** Compat: {@code MoreImportantPod}; the name decides where nothing else does. */
    private static final Comparator<PlacedPod> MOST_IMPORTANT_FIRST =
            LEAVING_LAST
                    .thenComparing(each -> -each.pod().priority())
                    .thenComparing(each -> each.pod().started())
                    .thenComparing(each -> each.pod().key());

    private final PodInfo preemptor;
    private final Budgets budgets;

    VictimSearch(PodInfo preemptor, Budgets budgets) {
        this.preemptor = preemptor;
        this.budgets = budgets;
    }

    Outlook look(NodeView node, List<PlacedPod> residents, Stage stage) {
        List<PlacedPod> lower = new ArrayList<>();
        for (PlacedPod each : residents) {
            if (each.pod().priority() < preemptor.priority()) {
                lower.add(each);
            }
        }
        if (lower.isEmpty()) {
            return Outlook.NO_VICTIMS;
        }
        lower.forEach(stage::takeOff);
        if (stage.judge() instanceof Verdict.Rejects rejects) {
            return new Outlook.Vain(rejects.reasons());
        }
        lower.sort(MOST_IMPORTANT_FIRST);
        return new Outlook.Hope(spare(node, lower, stage));
    }

    private Candidate spare(NodeView node, List<PlacedPod> lower, Stage stage) {
        List<PlacedPod> protectedOnes = new ArrayList<>();
        List<PlacedPod> others = new ArrayList<>();
        Budgets.Spending spending = budgets.spend();
        for (PlacedPod each : lower) {
            boolean isProtected = !each.pod().isLeaving() && spending.isTooMuch(each.pod());
            (isProtected ? protectedOnes : others).add(each);
        }
        Set<PlacedPod> victims = new HashSet<>();
        for (PlacedPod each : protectedOnes) {
            spareIfPossible(each, stage, victims);
        }
        int violations = victims.size();
        for (PlacedPod each : others) {
            spareIfPossible(each, stage, victims);
        }
        List<PlacedPod> ordered = lower.stream().filter(victims::contains).toList();
        return Candidate.of(node, ordered, violations);
    }

    private static void spareIfPossible(PlacedPod pod, Stage stage, Set<PlacedPod> victims) {
        stage.putBack(pod);
        if (stage.judge() instanceof Verdict.Rejects) {
            stage.takeOff(pod);
            victims.add(pod);
        }
    }
}
