package dev.gantry.cli.remedy;

import dev.gantry.cli.cluster.ClusterObjects;
import dev.gantry.cli.cluster.Rejection;
import dev.gantry.cli.cluster.WhatIfCluster;
import dev.gantry.model.meta.Resource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** One pod that shall fit on one node. */
record Case(WhatIfCluster whatIf, Resource pod, String node) {
    /** What is left to object to once the remedies were taken. */
    List<Rejection> after(Collection<? extends Remedy> remedies) {
        return whatIf.tryOut(
                () -> {
                    Resource edited = take(remedies);
                    return whatIf.rejections(edited, node);
                });
    }

    boolean fitsAfter(Collection<? extends Remedy> remedies) {
        return after(remedies).isEmpty();
    }

    /** Whether the remedies silence this rule, whatever others say. */
    boolean silences(String rule, Collection<? extends Remedy> remedies) {
        return whatIf.tryOut(() -> !whatIf.rejects(rule, take(remedies), node));
    }

    Resource nodeObject() {
        return whatIf.get(ClusterObjects.node(node)).orElseThrow();
    }

    /** What each node rejects once the remedies were taken. */
    Map<String, List<Rejection>> onAllNodes(Collection<? extends Remedy> remedies) {
        return whatIf.tryOut(() -> whatIf.rejections(take(remedies)));
    }

    private Resource take(Collection<? extends Remedy> remedies) {
        for (Remedy each : remedies) {
            switch (each) {
                case PodRemedy _ -> {}
                case NodeRemedy ofNode -> ofNode.applyTo(whatIf);
                case StorageRemedy ofStorage -> ofStorage.applyTo(whatIf);
            }
        }
        return edited(pod, remedies);
    }

    /** The pod with those remedies that change it. */
    static Resource edited(Resource pod, Collection<? extends Remedy> remedies) {
        Resource edited = pod.copy();
        ObjectNode spec = Resource.child(edited.tree(), "spec");
        for (Remedy each : remedies) {
            if (each instanceof PodRemedy ofPod) {
                ofPod.edit(spec);
            }
        }
        return edited;
    }
}
