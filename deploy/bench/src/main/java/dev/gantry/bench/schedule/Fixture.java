package dev.gantry.bench.schedule;

import dev.gantry.bench.client.Burst;
import dev.gantry.bench.client.Burst.Request;
import dev.gantry.bench.client.Cluster;
import dev.gantry.bench.report.Progress;
import dev.gantry.bench.workload.PodForm;
import dev.gantry.bench.workload.Run;
import dev.gantry.bench.workload.Sizes;
import dev.gantry.bench.workload.Workload;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The nodes, namespaces and pods of a run: makes them, and removes them with all leftovers. */
final class Fixture {
    private static final String NAMESPACES = "/api/v1/namespaces";
    private static final String NODES = "/api/v1/nodes";
    private static final String CLASSES = "/apis/scheduling.k8s.io/v1/priorityclasses";
    private static final long LIMIT_SECONDS = 180;

    private final Run run;
    private final Workload workload;
    private final Sizes sizes;
    private final ClusterApi api;
    private final Cluster cluster;
    private final Progress progress;

    Fixture(Run run, Workload workload, Sizes sizes, Cluster cluster, Progress progress)
            throws IOException {
        this.run = run;
        this.workload = workload;
        this.sizes = sizes;
        this.cluster = cluster;
        this.progress = progress;
        this.api = cluster.api();
    }

    Run run() {
        return run;
    }

    Sizes sizes() {
        return sizes;
    }

    ClusterApi api() {
        return api;
    }

    /** Where pods live that warm the scheduler up. */
    String warmUpNamespace() {
        return run.id() + "-warm-up";
    }

    /** Where the pods live that come meanwhile. */
    String churnNamespace() {
        return run.id() + "-company";
    }

    void make(Burst burst) throws IOException, InterruptedException {
        makeNodes(burst);
        List<String> names = namespaces();
        burst.send(
                "making namespaces",
                names.size(),
                i -> new Request("POST", NAMESPACES, run.namespaceJson(names.get(i))));
        for (String name : names) {
            await(
                    "the service account of " + name,
                    () ->
                            api.get(new ObjectKey(Resources.SERVICE_ACCOUNTS, name, "default"))
                                    .isPresent());
        }
        burst.send("making a priority class", 1, _ -> new Request("POST", CLASSES, classJson()));
        double seconds =
                burst.send("making the pods that exist before", sizes.existing(), this::existing);
        progress.say(
                "%d nodes, %d namespaces and %d pods exist (pods: %.0f/s)",
                sizes.nodes(), names.size(), sizes.existing(), sizes.existing() / seconds);
    }

    /** Creates one pod that {@link BoundPods} counts. */
    Request creation(String namespace, PodForm form, int number) {
        String body = podJson(form, BoundPods.NAME, number);
        return new Request("POST", NAMESPACES + "/" + namespace + "/pods", body);
    }

    /** The body of one pod of the workload, called {@code prefix} and its number. */
    String podJson(PodForm form, String prefix, int number) {
        return form.json(run, prefix + number, run.node(number % sizes.nodes()));
    }

    /** Removes the pods of a namespace at once. */
    void clear(Burst burst, String namespace) throws IOException, InterruptedException {
        String pods = NAMESPACES + "/" + namespace + "/pods";
        removeAll(burst, pods, "?gracePeriodSeconds=0", names(Resources.PODS, namespace, ""));
    }

    /** Removes all that this run made, and what earlier runs left behind. */
    void remove() throws IOException, InterruptedException {
        String ours = "labelSelector=" + Run.LABEL;
        List<String> namespaces = names(Resources.NAMESPACES, "", ours);
        List<String> nodes = names(Resources.NODES, "", ours);
        if (namespaces.isEmpty() && nodes.isEmpty()) {
            return;
        }
        progress.say("removing %d namespaces and %d nodes", namespaces.size(), nodes.size());
        var burst = new Burst(cluster, progress);
        for (String each : namespaces) {
            clear(burst, each);
        }
        removeAll(burst, NAMESPACES, "", namespaces);
        removeAll(burst, NODES, "", nodes);
        removeAll(burst, CLASSES, "", List.of(PodForm.PRIORITY_CLASS));
        await("the end of namespaces", () -> names(Resources.NAMESPACES, "", ours).isEmpty());
    }

    /** Cost: one by one over several connections, since a collection is removed in sequence. */
    private static void removeAll(Burst burst, String path, String query, List<String> names)
            throws IOException, InterruptedException {
        burst.send(
                "removing " + path,
                names.size(),
                i -> new Request("DELETE", path + "/" + names.get(i) + query, ""));
    }

    private List<String> names(GroupResource resource, String namespace, String query) {
        return api.list(resource, namespace, query).stream().map(Resource::name).toList();
    }

    /** How things stand now, to watch from. */
    String version(String namespace) {
        return cluster.version(NAMESPACES + "/" + namespace + "/pods");
    }

    /** What may take a while. */
    interface Condition {
        boolean holds() throws IOException;
    }

    static void await(String what, Condition condition) throws IOException, InterruptedException {
        var never = new CountDownLatch(1);
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!condition.holds()) {
            if (System.nanoTime() > limit) {
                throw new IOException("waited in vain for " + what);
            }
            never.await(50, TimeUnit.MILLISECONDS);
        }
    }

    private void makeNodes(Burst burst) throws IOException, InterruptedException {
        double seconds =
                burst.send(
                        "making simulated nodes",
                        sizes.nodes(),
                        i ->
                                new Request(
                                        "POST",
                                        NODES,
                                        run.nodeJson(run.node(i), workload.zoneOf(i), i)));
        burst.send(
                "making them ready",
                sizes.nodes(),
                i -> new Request("PATCH", NODES + "/" + run.node(i), run.readyJson()));
        progress.say("%d nodes made in %.1f s", sizes.nodes(), seconds);
    }

    private List<String> namespaces() {
        List<String> names = new ArrayList<>();
        names.add(run.measuredNamespace());
        names.add(warmUpNamespace());
        names.add(churnNamespace());
        for (int i = 0; i < workload.existingNamespaces(); i++) {
            names.add(run.existingNamespace(i));
        }
        return names;
    }

    private Request existing(int number) {
        PodForm form = workload.existing();
        String name = "existing-" + number;
        String body =
                workload.existingAreBound()
                        ? form.boundJson(run, name, run.node(number % sizes.nodes()))
                        : form.json(run, name, "");
        String namespace = run.existingNamespace(number % workload.existingNamespaces());
        return new Request("POST", NAMESPACES + "/" + namespace + "/pods", body);
    }

    private static String classJson() {
        return """
        {"apiVersion":"scheduling.k8s.io/v1","kind":"PriorityClass","metadata":{"name":"%s"},"value":%d}"""
                .formatted(PodForm.PRIORITY_CLASS, PodForm.HIGH_PRIORITY);
    }
}
