package dev.gantry.local.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.local.component.Containerd;
import dev.gantry.local.image.LocalImages;
import dev.gantry.local.instance.Instance;
import dev.gantry.local.process.Command;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The demonstration: deploys {@code web}, watches it roll out, asks its Service, kills one of its
 * containers and watches it come back. Every step runs what it prints, with plain kubectl.
 */
final class DemoStory {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final int REQUESTS = 40;

    private final Instance instance;
    private final Rollout rollout;

    DemoStory(Instance instance) throws IOException {
        this.instance = instance;
        this.rollout = new Rollout(instance.kubeconfig(), "default", "web");
    }

    void tell() throws IOException, InterruptedException {
        step("Deploy a web application of four replicas behind a Service");
        System.out.print(kubectl(manifest(), "apply", "-f", "-"));
        step("Watch it roll out");
        System.out.println("$ kubectl rollout status deployment/web");
        rollout.await(LIMIT);
        try {
            tellWhatItDoes();
        } catch (IOException failed) {
            throw rollout.explained(Objects.toString(failed.getMessage(), failed.toString()));
        }
    }

    private void tellWhatItDoes() throws IOException, InterruptedException {
        show("get", "pods", "-l", "app=web", "-o", "wide");
        Instant rolledOut = Instant.now().plusSeconds(1).truncatedTo(ChronoUnit.SECONDS);
        requireBothNodes();
        step("Ask the Service " + REQUESTS + " times: its replicas answer in turn");
        String url = serviceUrl();
        tellAnswers(url);
        askFromInside();
        step("Kill one container: it is healed");
        killOne();
        step("It runs. Try next:");
        System.out.printf(
                """
                  curl %s

                  export KUBECONFIG=%s
                  kubectl get pods -o wide
                  kubectl scale deployment/web --replicas=8 && kubectl rollout status deployment/web
                  kubectl exec -it deploy/web -- sh
                  kubectl logs -f deploy/web
                  kubectl --server https://127.0.0.1:%d/asof/%s get pods     # the cluster as it was
                  ./gantry plan --drain node-1       # what would happen; and for one pod: ./gantry why pod/NAME

                  ./gantry status        ./gantry down
                """,
                url, instance.kubeconfig(), instance.gatewayPort(), rolledOut);
    }

    private void requireBothNodes() throws IOException {
        List<String> used =
                Arrays.stream(
                                kubectl(
                                                "",
                                                "get",
                                                "pods",
                                                "-l",
                                                "app=web",
                                                "-o",
                                                "jsonpath={.items[*].spec.nodeName}")
                                        .split(" "))
                        .distinct()
                        .sorted()
                        .toList();
        System.out.println("Nodes in use: " + String.join(", ", used));
        if (instance.nodeCount() > 1 && used.size() < 2) {
            throw new IOException("all replicas are on one node, expected at least two nodes");
        }
    }

    private String serviceUrl() throws IOException {
        String port =
                kubectl("", "get", "service", "web", "-o", "jsonpath={.spec.ports[0].nodePort}");
        return "http://%s:%s/".formatted(instance.node(1).address(), port.strip());
    }

    private void tellAnswers(String url) throws IOException {
        var answers = new TreeMap<String, Integer>();
        for (int i = 0; i < REQUESTS; i++) {
            answers.merge(ask(url), 1, Integer::sum);
        }
        answers.forEach((pod, count) -> System.out.printf("  %3d x  %s%n", count, pod));
        if (answers.size() < 2) {
            throw new IOException("only one replica answered: " + answers);
        }
    }

    /** A connection each, since it is connections that a Service spreads. */
    private static String ask(String url) throws IOException {
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
        step("Ask it by name, from inside one of its pods");
        show(
                "exec",
                "deploy/web",
                "--",
                "wget",
                "-q",
                "-O-",
                "http://web.default.svc.cluster.local/");
    }

    private void killOne() throws IOException, InterruptedException {
        String pod =
                kubectl(
                                "",
                                "get",
                                "pods",
                                "-l",
                                "app=web",
                                "-o",
                                "jsonpath={.items[0].metadata.name}")
                        .strip();
        String count = "jsonpath={.status.containerStatuses[0].restartCount}";
        int before = Integer.parseInt(kubectl("", "get", "pod", pod, "-o", count).strip());
        kill(pod);
        long began = System.nanoTime();
        var never = new CountDownLatch(1);
        while (Integer.parseInt(kubectl("", "get", "pod", pod, "-o", count).strip()) <= before) {
            if (Duration.ofNanos(System.nanoTime() - began).compareTo(LIMIT) > 0) {
                throw new IOException("the killed container of " + pod + " was not restarted");
            }
            never.await(200, TimeUnit.MILLISECONDS);
        }
        show("wait", "pod/" + pod, "--for=condition=Ready", "--timeout=60s");
        System.out.printf(
                "Back and ready after %.1f s%n",
                Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0);
        show("get", "pods", "-l", "app=web");
    }

    /**
     * From outside, as a kernel short of memory would: a container cannot kill its own first
     * process.
     */
    private void kill(String pod) throws IOException {
        String place = "jsonpath={.spec.nodeName} {.status.containerStatuses[0].containerID}";
        String[] found = kubectl("", "get", "pod", pod, "-o", place).strip().split(" ");
        int number = Integer.parseInt(found[0].substring(found[0].lastIndexOf('-') + 1));
        String container = found[1].substring(found[1].lastIndexOf('/') + 1);
        System.out.printf("kill -9 of the container of %s on %s%n", pod, found[0]);
        Command.Result killed =
                new Containerd(instance.node(number))
                        .ctr("tasks", "kill", "--signal", "SIGKILL", container);
        if (killed.code() != 0) {
            throw new IOException("could not kill the container: " + killed.output());
        }
    }

    private static void step(String what) {
        System.out.println();
        System.out.println("== " + what);
    }

    private void show(String... arguments) throws IOException {
        System.out.println("$ kubectl " + String.join(" ", arguments));
        System.out.print(kubectl("", arguments));
    }

    private String kubectl(String input, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of("kubectl", "--kubeconfig", instance.kubeconfig().toString()));
        command.addAll(List.of(arguments));
        return Command.run(command, input);
    }

    private static String manifest() throws IOException {
        try (var in = DemoStory.class.getResourceAsStream("demo.yaml")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
            return text.replace("${image}", LocalImages.BUSYBOX);
        }
    }
}
