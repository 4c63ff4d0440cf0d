package dev.gantry.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.local.component.Containerd;
import dev.gantry.local.instance.Instance;
import dev.gantry.local.process.Command;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A web application: it rolls out, its Service is asked from outside and from inside, and a
 * container that is killed comes back.
 */
final class WebSteps {
    private static final int REQUESTS = 40;

    private final Instance instance;
    private final Stage stage;
    private final WorkloadWait web;

    WebSteps(Instance instance) throws IOException {
        this.instance = instance;
        this.stage = new Stage(instance.kubeconfig());
        this.web =
                new WorkloadWait(
                        instance.kubeconfig(),
                        new ObjectKey(Resources.DEPLOYMENTS, "default", "web"));
    }

    List<Step> steps() {
        return List.of(
                new Step(
                        "Deploy a web application of four replicas behind a Service",
                        () -> stage.apply("web.yaml")),
                new Step(
                        "Watch it roll out",
                        "",
                        List.of(
                                "kubectl scale deployment/web --replicas=8",
                                "./gantry plan --drain node-1    # what would happen; of one pod: ./gantry why pod/NAME",
                                "kubectl --server https://127.0.0.1:%d/asof/$(date -u -d '-10 sec' +%%FT%%TZ) get pods    # the cluster as it was"
                                        .formatted(instance.gatewayPort())),
                        this::rollOut),
                explained(
                        "Ask the Service %d times: its replicas answer in turn".formatted(REQUESTS),
                        List.of(),
                        this::askFromOutside),
                explained(
                        "Ask it by name, from inside one of its pods",
                        List.of("kubectl exec -it deploy/web -- sh"),
                        this::askFromInside),
                explained(
                        "Kill one container: it is healed",
                        List.of("kubectl logs -f deploy/web"),
                        this::killOne));
    }

    /** A step that needs the pods: where it fails, it says what they lack. */
    private Step explained(String title, List<String> tries, Step.Scene scene) {
        return new Step(
                title,
                "",
                tries,
                () -> {
                    try {
                        scene.play();
                    } catch (IOException failed) {
                        throw web.explained(
                                Objects.toString(failed.getMessage(), failed.toString()));
                    }
                });
    }

    private void rollOut() throws IOException, InterruptedException {
        web.await(Stage.LIMIT);
        stage.show("get", "pods", "-l", "app=web", "-o", "wide");
        String nodes =
                stage.ask(
                        "get", "pods", "-l", "app=web", "-o", jsonPath(".items[*].spec.nodeName"));
        List<String> used = Arrays.stream(nodes.split(" ")).distinct().sorted().toList();
        System.out.println("Nodes in use: " + String.join(", ", used));
        if (instance.nodeCount() > 1 && used.size() < 2) {
            throw new IOException("all replicas are on one node, expected at least two nodes");
        }
    }

    private void askFromOutside() throws IOException {
        String port = stage.field(".spec.ports[0].nodePort", "service", "web");
        String url = "http://%s:%s/".formatted(instance.node(1).address(), port);
        System.out.println("$ curl " + url);
        var answers = new TreeMap<String, Integer>();
        for (int i = 0; i < REQUESTS; i++) {
            answers.merge(answer(url), 1, Integer::sum);
        }
        answers.forEach((pod, count) -> System.out.printf("  %3d x  %s%n", count, pod));
        if (answers.size() < 2) {
            throw new IOException("only one replica answered: " + answers);
        }
    }

    /** A connection each, since it is connections that a Service spreads. */
    private static String answer(String url) throws IOException {
        var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setConnectTimeout(5000);
        connection.setReadTimeout(5000);
        connection.setRequestProperty("Connection", "close");
        try (var in = connection.getInputStream()) {
            return new String(in.readAllBytes(), UTF_8).strip();
        }
    }

    /** Through the ClusterIP and its DNS name, from a pod. */
    private void askFromInside() throws IOException {
        String url = "http://web.default.svc.cluster.local/";
        stage.show("exec", "deploy/web", "--", "wget", "-q", "-O-", url);
    }

    private void killOne() throws IOException, InterruptedException {
        String pod =
                stage.ask(
                        "get", "pods", "-l", "app=web", "-o", jsonPath(".items[0].metadata.name"));
        int before = restarts(pod);
        kill(pod);
        long began = System.nanoTime();
        stage.await(
                () -> "the killed container of " + pod + " was not restarted",
                () -> restarts(pod) > before);
        stage.show("wait", "pod/" + pod, "--for=condition=Ready", "--timeout=60s");
        System.out.printf(
                "Back and ready after %.1f s%n",
                Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0);
        stage.show("get", "pods", "-l", "app=web");
    }

    private int restarts(String pod) throws IOException {
        return Integer.parseInt(
                stage.field(".status.containerStatuses[0].restartCount", "pod", pod));
    }

    /**
     * From outside, as a kernel short of memory would: a container cannot kill its own first
     * process.
     */
    private void kill(String pod) throws IOException {
        String node = stage.field(".spec.nodeName", "pod", pod);
        String id = stage.field(".status.containerStatuses[0].containerID", "pod", pod);
        int number = Integer.parseInt(node.substring(node.lastIndexOf('-') + 1));
        String container = id.substring(id.lastIndexOf('/') + 1);
        System.out.printf("kill -9 of the container of %s on %s%n", pod, node);
        Command.Result killed =
                new Containerd(instance.node(number))
                        .ctr("tasks", "kill", "--signal", "SIGKILL", container);
        if (!killed.isGood()) {
            throw new IOException("could not kill the container: " + killed.output());
        }
    }

    private static String jsonPath(String path) {
        return "jsonpath={" + path + "}";
    }
}
