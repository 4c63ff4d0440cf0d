package dev.gantry.scheduler.snapshot;

import java.util.List;

/**
 * All that decides how well single nodes suit a pod. Pods of equal shape share the work of judging
 * nodes, so nothing that differs between replicas may be in here.
 *
 * @param scored what scores reckon with: as {@code asked}, but with upstream's assumption of 100m
 *     and 200Mi for containers that ask for no cpu or memory
 */
public record PodShape(
        Amounts asked,
        Amounts scored,
        NodeWishes wishes,
        List<Toleration> tolerations,
        List<HostPort> ports,
        PodRelations relations) {
    /** What single nodes are judged by: the shape without its relations to other pods. */
    public PodShape alone() {
        return relations.isNone()
                ? this
                : new PodShape(asked, scored, wishes, tolerations, ports, PodRelations.NONE);
    }

    public boolean tolerates(Taint taint) {
        for (Toleration each : tolerations) {
            if (each.tolerates(taint)) {
                return true;
            }
        }
        return false;
    }
}
