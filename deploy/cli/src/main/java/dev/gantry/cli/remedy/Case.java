package dev.gantry.cli.remedy;

import dev.gantry.cli.world.Objection;
import dev.gantry.cli.world.Sandbox;
import dev.gantry.cli.world.World;
import dev.gantry.model.meta.Resource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** One pod that shall fit on one node. */
record Case(Sandbox sandbox, Resource pod, String node) {
    /** What is left to object to once the remedies were taken. */
    List<Objection> after(Collection<? extends Remedy> remedies) {
        return sandbox.tryOut(
                () -> {
                    Resource edited = take(remedies);
                    return sandbox.objections(edited, node);
                });
    }

    boolean fitsAfter(Collection<? extends Remedy> remedies) {
        return after(remedies).isEmpty();
    }

    /** Whether the remedies silence this rule, whatever others say. */
    boolean silences(String rule, Collection<? extends Remedy> remedies) {
        return sandbox.tryOut(() -> !sandbox.objects(rule, take(remedies), node));
    }

    Resource nodeObject() {
        return sandbox.get(World.node(node)).orElseThrow();
    }

    /** What each node objects to once the remedies were taken. */
    Map<String, List<Objection>> onAllNodes(Collection<? extends Remedy> remedies) {
        return sandbox.tryOut(() -> sandbox.objections(take(remedies)));
    }

    private Resource take(Collection<? extends Remedy> remedies) {
        for (Remedy each : remedies) {
            switch (each) {
                case PodRemedy _ -> {}
                case NodeRemedy ofNode -> ofNode.applyTo(sandbox);
                case StorageRemedy ofStorage -> ofStorage.applyTo(sandbox);
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
