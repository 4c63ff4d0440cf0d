package dev.gantry.bench.core;

import dev.gantry.bench.workload.PodForm;
import dev.gantry.bench.workload.Run;
import dev.gantry.bench.workload.Sizes;
import dev.gantry.bench.workload.Workload;
import dev.gantry.scheduler.cycle.SchedulerInput;
import dev.gantry.scheduler.snapshot.ClusterSnapshot;
import dev.gantry.scheduler.snapshot.node.NodeFacts;
import dev.gantry.scheduler.snapshot.pod.PodSighting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A workload as the scheduler's core sees it, read once so that reading is not measured. */
final class CoreCluster {
    static final Run RUN = new Run("bench");

    private final List<NodeFacts> nodes = new ArrayList<>();
    private final List<NodeFacts> changes = new ArrayList<>();
    private final List<String> namespaces = new ArrayList<>();
    private final List<PodSighting> existing = new ArrayList<>();
    private final List<PodSighting> measured = new ArrayList<>();

    CoreCluster(Workload workload, Sizes sizes, ImageStock images) {
        for (int i = 0; i < sizes.nodes(); i++) {
            nodes.add(node(workload, i, images.of(i)));
        }
        for (int i = 0; i < images.changes(sizes); i++) {
            int changed = images.changedNode(i, sizes);
            changes.add(node(workload, changed, images.after(i, sizes)));
        }
        namespaces.add(RUN.measuredNamespace());
        for (int i = 0; i < workload.existingNamespaces(); i++) {
            namespaces.add(RUN.existingNamespace(i));
        }
        for (int i = 0; i < sizes.existing(); i++) {
            existing.add(existing(workload, sizes, i));
        }
        for (int i = 0; i < sizes.pods(); i++) {
            measured.add(measured(workload.measured(), sizes, i));
        }
    }

    /** Where nothing is placed yet but what was there before. */
    ClusterSnapshot snapshot() {
        var snapshot = new ClusterSnapshot();
        namespaces.forEach(name -> snapshot.putNamespace(name, labels()));
        nodes.forEach(snapshot::putNode);
        for (PodSighting pod : existing) {
            if (!pod.node().isEmpty()) {
                snapshot.place(pod.info(), pod.node());
            }
        }
        return snapshot;
    }

    /** All that was there before, as the feed would tell it. */
    List<SchedulerInput> inputs() {
        List<SchedulerInput> all = new ArrayList<>();
        namespaces.forEach(name -> all.add(new SchedulerInput.NamespaceSeen(name, labels())));
        nodes.forEach(node -> all.add(new SchedulerInput.NodeSeen(node)));
        existing.forEach(pod -> all.add(new SchedulerInput.PodSeen(pod)));
        all.add(new SchedulerInput.CaughtUp());
        all.add(SchedulerInput.Leading.ALONE);
        return all;
    }

    /** Those that fit nowhere, which are tried as well, then those that are measured. */
    List<PodSighting> waiting() {
        List<PodSighting> all = new ArrayList<>();
        existing.stream().filter(pod -> pod.node().isEmpty()).forEach(all::add);
        all.addAll(measured);
        return all;
    }

    List<PodSighting> measured() {
        return measured;
    }

    /** What nodes report meanwhile: one after every {@link ImageStock#PODS_PER_CHANGE} pods. */
    Optional<NodeFacts> changeAfter(int pods) {
        int number = pods / ImageStock.PODS_PER_CHANGE - 1;
        return pods % ImageStock.PODS_PER_CHANGE == 0 && number < changes.size()
                ? Optional.of(changes.get(number))
                : Optional.empty();
    }

    static NodeFacts node(Workload workload, int number, String images) {
        String json = RUN.nodeJson(RUN.node(number), workload.zoneOf(number), number);
        return Trees.node(json, images);
    }

    static PodSighting measured(PodForm form, Sizes sizes, int number) {
        String pinned = RUN.node(number % sizes.nodes());
        return Trees.pod(form.json(RUN, "pod-" + number, pinned), form, RUN.measuredNamespace());
    }

    private static PodSighting existing(Workload workload, Sizes sizes, int number) {
        PodForm form = workload.existing();
        String name = "existing-" + number;
        String json =
                workload.existingAreBound()
                        ? form.boundJson(RUN, name, RUN.node(number % sizes.nodes()))
                        : form.json(RUN, name, "");
        String namespace = RUN.existingNamespace(number % workload.existingNamespaces());
        return Trees.pod(json, form, namespace);
    }

    private static SortedMap<String, String> labels() {
        return new TreeMap<>(Map.of(Run.LABEL, RUN.id(), "team", "devops"));
    }
}
