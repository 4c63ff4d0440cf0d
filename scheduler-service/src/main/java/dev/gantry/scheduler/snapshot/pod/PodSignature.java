package dev.gantry.scheduler.snapshot.pod;

import dev.gantry.model.pod.HostPort;
import dev.gantry.model.taint.Taint;
import dev.gantry.model.taint.Toleration;
import java.util.List;

/**
 * All that decides how well single nodes suit a pod. Pods of equal signature share the work of
 * judging nodes, so nothing that differs between replicas may be in here.
 *
 * @param scored what scores reckon with: as {@code asked}, but with upstream's assumption of 100m
 *     and 200Mi for containers that ask for no cpu or memory
 * @param images of all containers; which nodes have them is not a matter of single nodes
 * @param profile the scheduling profile that the pod asks for; empty where it leaves that to others
 * @param features what a node must declare, in order
 * @param byDevices those of the extended resources that devices stand for where a node has none of
 *     them, in order; which ones is known only when the pod is placed
 */
public record PodSignature(
        Amounts asked,
        Amounts scored,
        NodeAffinityTerms nodeAffinity,
        List<Toleration> tolerations,
        List<HostPort> ports,
        PodRelations relations,
        List<String> images,
        String profile,
        List<String> features,
        List<String> byDevices) {
    /** Annotation or label of a pod, or label of a namespace, that names a scheduling profile. */
    public static final String PROFILE = "gantry.dev/scheduling-profile";

    /** What single nodes are judged by: without relations to other pods, and without images. */
    public PodSignature alone() {
        return relations.isNone() && images.isEmpty()
                ? this
                : new PodSignature(
                        asked,
                        scored,
                        nodeAffinity,
                        tolerations,
                        ports,
                        PodRelations.NONE,
                        List.of(),
                        profile,
                        features,
                        byDevices);
    }

    PodSignature byDevices(List<String> resources) {
        return new PodSignature(
                asked,
                scored,
                nodeAffinity,
                tolerations,
                ports,
                relations,
                images,
                profile,
                features,
                resources);
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
