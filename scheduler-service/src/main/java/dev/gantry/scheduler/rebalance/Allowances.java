package dev.gantry.scheduler.rebalance;

import dev.gantry.scheduler.preemption.Budget;
import dev.gantry.scheduler.preemption.Budgets;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the disruption budgets still allow while a plan is made.
 *
 * <p>Compat: the Eviction API, which unlike preemption lets an empty selector protect all pods of
 * the namespace, and refuses a pod that has two budgets.
 */
final class Allowances {
    private final Budgets budgets;
    private final Map<Budget, Integer> spent = new HashMap<>();

    Allowances(Budgets budgets) {
        this.budgets = budgets;
    }

    /** Whether the pod could be evicted if no other were before it. */
    boolean couldAllow(PodInfo pod) {
        List<Budget> own = of(pod);
        return own.isEmpty() || own.size() == 1 && own.getFirst().disruptionsAllowed() > 0;
    }

    boolean allow(PodInfo pod) {
        return couldAllow(pod)
                && of(pod).stream()
                        .allMatch(each -> spent.getOrDefault(each, 0) < each.disruptionsAllowed());
    }

    void spend(PodInfo pod) {
        of(pod).forEach(each -> spent.merge(each, 1, Integer::sum));
    }

    private List<Budget> of(PodInfo pod) {
        return budgets.in(pod.key().namespace()).stream()
                .filter(each -> each.selector().selects(pod.labels()))
                .toList();
    }
}
