package dev.gantry.controller.simulated;

import dev.gantry.controller.pod.PodLife;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Plays scheduler and agent for the pods of a simulated API. */
public final class Pods {
    private static final GroupResource PODS = Resources.PODS;
    private final SimulatedApi api;

    public Pods(SimulatedApi api) {
        this.api = api;
    }

    public List<Resource> all() {
        return api.list(PODS);
    }

    public List<Resource> active() {
        return all().stream().filter(PodLife::isActive).toList();
    }

    public void bindAll() {
        for (Resource pod : all()) {
            if (PodLife.node(pod).isEmpty()) {
                Resource bound = pod.copy();
                Resource.child(bound.tree(), "spec").put("nodeName", "n1");
                api.update(PODS, bound);
            }
        }
    }

    /** Binds and starts all pods, and ends those that are being deleted. */
    public void runAll() {
        bindAll();
        for (Resource pod : all()) {
            if (pod.isBeingDeleted()) {
                api.drop(pod.key(PODS));
            } else if (!PodLife.isReady(pod) && !PodLife.isFinished(pod)) {
                ready(pod, true);
            }
        }
        api.settle();
    }

    /** Its containers ended. */
    public void end(Resource pod, String phase) {
        end(pod, phase, 0);
    }

    /**
     * @param exitCode of each of its containers; zero for none that is told of
     */
    public void end(Resource pod, String phase, int exitCode) {
        Resource next = api.get(pod.key(PODS)).orElseThrow().copy();
        ObjectNode status = Resource.child(next.tree(), "status");
        status.put("phase", phase);
        status.putArray("conditions");
        if (exitCode != 0) {
            status.putArray("containerStatuses")
                    .addObject()
                    .put("name", "c")
                    .putObject("state")
                    .putObject("terminated")
                    .put("exitCode", exitCode)
                    .put("finishedAt", Conditions.timestamp(api.now()));
        }
        api.putStatus(PODS, next);
    }

    public void ready(Resource pod, boolean isReady) {
        Resource next = api.get(pod.key(PODS)).orElseThrow().copy();
        ObjectNode status = Resource.child(next.tree(), "status");
        status.put("phase", "Running");
        ArrayNode conditions =
                status.get("conditions") instanceof ArrayNode found
                        ? found
                        : status.putArray("conditions");
        Conditions.set(
                conditions,
                new Conditions.Wanted("Ready", isReady ? "True" : "False", "", ""),
                api.now());
        api.putStatus(PODS, next);
    }

    /** A pod as a manifest would make it. */
    public Resource make(String name, String labels) {
        return api.create(
                PODS,
                SimulatedApi.object(
                        """
                        {'apiVersion':'v1','kind':'Pod',
                         'metadata':{'name':'%s','namespace':'default','labels':{%s}},
                         'spec':{'containers':[{'name':'c','image':'i'}]},'status':{}}
                        """
                                .formatted(name, labels)));
    }
}
