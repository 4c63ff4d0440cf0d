package dev.gantry.bench;

import dev.gantry.bench.client.BenchNamespace;
import dev.gantry.bench.client.RawConnection;
import dev.gantry.bench.client.Target;
import dev.gantry.bench.report.Report;
import dev.gantry.bench.report.Samples;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.util.concurrent.Callable;
import okhttp3.MediaType;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code bench start}: from a pod's creation to its container running, one pod after the other. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description = "Creates pods one by one and waits until each runs; then deletes it.")
final class StartBench implements Callable<Integer> {
    private static final GroupResource PODS = BuiltinKind.POD.resource();

    @Mixin private Target target = new Target();

    @Option(names = "--pods", defaultValue = "20", description = "Default 20.")
    private int pods;

    @Option(
            names = "--image",
            defaultValue = "localhost/gantry/busybox:1.37",
            description = "An image that all nodes have, with sleep; default that of the demo.")
    private String image = "";

    private final Samples placed = new Samples();
    private final Samples running = new Samples();
    private final Samples gone = new Samples();

    @Override
    public Integer call() throws Exception {
        ClusterApi api = target.api();
        var namespace = new BenchNamespace(api);
        namespace.awaitServiceAccount();
        try {
            for (int i = 0; i < pods; i++) {
                one(api, namespace.name(), "bench-" + i);
            }
        } finally {
            namespace.remove();
        }
        new Report("start")
                .fact("image", image)
                .add("pods", "pods", pods, "")
                .add("boundP50Ms", "created to bound, p50", placed.percentile(50), "ms")
                .add("runningP50Ms", "created to running, p50", running.percentile(50), "ms")
                .add("runningP99Ms", "created to running, p99", running.percentile(99), "ms")
                .add("goneP50Ms", "deleted to gone, p50", gone.percentile(50), "ms")
                .print(target.json);
        return 0;
    }

    private void one(ClusterApi api, String namespace, String name) throws Exception {
        String path = "/api/v1/namespaces/" + namespace + "/pods";
        String version =
                api.send("GET", path, null, MediaType.get("application/json"))
                        .metadata()
                        .path("resourceVersion")
                        .asString("");
        try (RawConnection watch = target.connect()) {
            watch.open(path + "?watch=true&resourceVersion=" + version);
            long began = System.nanoTime();
            Resource made = api.create(PODS, pod(namespace, name));
            boolean isPlaced = false;
            while (true) {
                ObjectNode event = event(watch);
                var object = event.path("object");
                if (!isPlaced && object.path("spec").hasNonNull("nodeName")) {
                    isPlaced = true;
                    placed.add(System.nanoTime() - began);
                }
                if (object.at("/status/phase").asString("").equals("Running")) {
                    running.add(System.nanoTime() - began);
                    break;
                }
                if (object.at("/status/phase").asString("").equals("Failed")) {
                    throw new IOException("the pod failed: " + object.path("status"));
                }
            }
            long deleted = System.nanoTime();
            api.delete(
                    new ObjectKey(PODS, namespace, name),
                    made.uid(),
                    dev.gantry.model.plan.Action.Propagation.BACKGROUND);
            while (!event(watch).path("type").asString("").equals("DELETED")) {
                continue;
            }
            gone.add(System.nanoTime() - deleted);
        }
    }

    private static ObjectNode event(RawConnection watch) throws IOException {
        String line = watch.nextLine();
        if (line == null) {
            throw new IOException("the watch ended");
        }
        return (ObjectNode) JsonMapper.shared().readTree(line);
    }

    private Resource pod(String namespace, String name) {
        ObjectNode pod = JsonMapper.shared().createObjectNode();
        pod.put("apiVersion", "v1").put("kind", "Pod");
        pod.putObject("metadata").put("name", name).put("namespace", namespace);
        ObjectNode spec = pod.putObject("spec").put("terminationGracePeriodSeconds", 1);
        ObjectNode container = spec.putArray("containers").addObject();
        container.put("name", "main").put("image", image);
        container.putArray("command").add("sleep").add("3600");
        return new Resource(pod);
    }
}
