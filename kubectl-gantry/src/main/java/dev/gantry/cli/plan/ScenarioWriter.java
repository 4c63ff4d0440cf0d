package dev.gantry.cli.plan;

import dev.gantry.cli.cluster.ClusterObjects;
import dev.gantry.cli.cluster.WhatIfCluster;
import dev.gantry.cli.plan.Admission.Answer;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.DaemonPlacement;
import dev.gantry.scheduler.placement.profile.Profiles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a scenario of what is asked. Order matters: nodes, drains, then workloads. */
public final class ScenarioWriter {
    private final Admission admission;
    private final Profiles profiles;
    private final Instant now;
    private final List<Workload> workloads = new ArrayList<>();
    private final List<ObjectKey> drained = new ArrayList<>();
    private final List<ObjectKey> lost = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private ClusterObjects cluster;
    private int newNodes;

    /**
     * @param profiles by which the scheduler places pods
     */
    public ScenarioWriter(
            ClusterObjects cluster, Admission admission, Profiles profiles, Instant now) {
        this.cluster = cluster;
        this.admission = admission;
        this.profiles = profiles;
        this.now = now;
    }

    public static boolean standsForPods(Resource object) {
        return PodTemplates.isWorkload(object);
    }

    public Scenario scenario() {
        // A workload that is planned anew may have replaced them since.
        List<ObjectKey> still =
                drained.stream().filter(each -> cluster.get(each).isPresent()).toList();
        return new Scenario(cluster, workloads, still, lost, notes);
    }

    /** Returns false where there is no node that they shall be like. */
    public boolean add(NewNodes nodes) {
        List<Resource> made = nodes.nodes(newNodes + 1, cluster);
        cluster = cluster.with(made);
        newNodes += made.size();
        return !made.isEmpty();
    }

    /** Returns false where there is no such node. */
    public boolean drain(String node) {
        Optional<Drain> drain = Drain.of(cluster, node);
        drain.ifPresent(
                each -> {
                    cluster = each.after();
                    drained.addAll(each.displaced());
                    lost.addAll(each.lost());
                    notes.addAll(each.notes());
                });
        return drain.isPresent();
    }

    /** Objects that stand for no pods count as there: nodes, claims, budgets. */
    public void apply(Resource object) {
        boolean isWorkload = PodTemplates.isWorkload(object);
        if (!isWorkload && ClusterObjects.kindOf(object).isEmpty()) {
            notes.add(
                    "%s is left out: a plan knows no %s in %s"
                            .formatted(title(object), object.kind(), version(object)));
        } else if (object.kind().equals("Node")) {
            // Admission would take it for a node that is not ready yet.
            cluster = cluster.with(List.of(object));
        } else {
            switch (admission.admit(object)) {
                case Answer.Refused refused -> refuse(object, refused.why());
                case Answer.Admitted admitted when isWorkload -> applyWorkload(admitted.object());
                case Answer.Admitted admitted -> cluster = cluster.with(List.of(admitted.object()));
            }
        }
    }

    private static String version(Resource object) {
        return object.apiVersion().isEmpty() ? "no apiVersion" : object.apiVersion();
    }

    private void refuse(Resource object, String why) {
        workloads.add(new Workload(title(object), List.of(), why));
    }

    private void applyWorkload(Resource workload) {
        if (workload.kind().equals("Pod")) {
            applyPod(workload);
            return;
        }
        if (ClusterObjects.kindOf(workload).isEmpty()) {
            notes.add(
                    "%s: Gantry serves no %s in %s; the plan takes it for its pods alone"
                            .formatted(title(workload), workload.kind(), version(workload)));
        }
        switch (admission.admit(PodTemplates.sample(workload))) {
            case Answer.Admitted admitted -> applyReplicas(workload, admitted.object());
            case Answer.Refused refused -> refuse(workload, refused.why());
        }
    }

    private void applyPod(Resource pod) {
        ObjectKey key = pod.key(Resources.PODS);
        if (cluster.get(key).isPresent()) {
            notes.add("pod %s is there already and stays as it is".formatted(key.path()));
            return;
        }
        cluster = cluster.with(List.of(PodTemplates.replica(pod, pod.name(), "", now.toString())));
        workloads.add(new Workload(title(pod), List.of(key), ""));
    }

    private void applyReplicas(Resource workload, Resource sample) {
        String title = title(workload);
        List<Resource> made = new ArrayList<>();
        List<ObjectKey> waiting = new ArrayList<>();
        if (workload.kind().equals("DaemonSet")) {
            var whatIf = new WhatIfCluster(cluster, profiles, now);
            for (String node : Daemons.nodes(sample, whatIf)) {
                Resource pod = replica(Daemons.tolerant(sample), workload, "-" + node, title);
                DaemonPlacement.pin(Resource.child(pod.tree(), "spec"), node);
                made.add(pod);
            }
        } else {
            int missing = PodTemplates.replicas(workload) - keep(workload);
            for (String name : PodTemplates.names(workload, Math.max(0, missing))) {
                Resource pod = PodTemplates.replica(sample, name, title, now.toString());
                made.addAll(PodTemplates.claims(workload, pod));
                made.add(pod);
            }
        }
        for (Resource each : made) {
            if (each.kind().equals("Pod")) {
                waiting.add(each.key(Resources.PODS));
            }
        }
        cluster = cluster.with(made);
        workloads.add(new Workload(title, waiting, ""));
    }

    private Resource replica(Resource sample, Resource workload, String suffix, String title) {
        return PodTemplates.replica(sample, workload.name() + suffix, title, now.toString());
    }

    /**
     * How many of the pods that are there already would stay. Where the template is another, a
     * rollout replaces them all; where there are too many, the surplus goes.
     */
    private int keep(Resource workload) {
        List<ObjectKey> present = Owned.pods(cluster, workload);
        int kept =
                Owned.hasSameTemplate(cluster, workload)
                        ? Math.min(present.size(), PodTemplates.replicas(workload))
                        : 0;
        List<ObjectKey> gone = present.subList(kept, present.size());
        cluster = cluster.without(gone);
        if (!present.isEmpty()) {
            notes.add(
                    "%s has %d pods: %d stay, %d go"
                            .formatted(title(workload), present.size(), kept, gone.size()));
        }
        return kept;
    }

    private static String title(Resource object) {
        return object.namespace().isEmpty()
                ? object.kind() + " " + object.name()
                : object.kind() + " " + object.namespace() + "/" + object.name();
    }
}
