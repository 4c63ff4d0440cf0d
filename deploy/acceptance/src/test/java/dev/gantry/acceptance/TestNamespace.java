package dev.gantry.acceptance;

import static dev.gantry.testkit.Patience.await;

import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ApiUnreachable;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.MediaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A namespace of one test's own, and kubectl in it. Closing deletes it without waiting. */
public final class TestNamespace implements AutoCloseable {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Cluster cluster;
    private final String name;

    public TestNamespace(Cluster cluster) {
        this.cluster = cluster;
        this.name = "test-" + NUMBERS.incrementAndGet();
        eventually(
                () -> {
                    make();
                    return true;
                });
        var account = new ObjectKey(Resources.SERVICE_ACCOUNTS, name, "default");
        eventually(() -> cluster.api().get(account).isPresent());
    }

    /** Of a former try that was not answered it may be there already. */
    private void make() {
        ObjectNode namespace = JsonMapper.shared().createObjectNode();
        namespace.put("apiVersion", "v1").put("kind", "Namespace");
        namespace.putObject("metadata").put("name", name);
        try {
            cluster.api().create(Resources.NAMESPACES, new Resource(namespace));
        } catch (ApiRefused refused) {
            if (!refused.reason().equals("AlreadyExists")) {
                throw refused;
            }
        }
    }

    public String name() {
        return name;
    }

    public String kubectl(String... arguments) {
        return cluster.kubectl(in(arguments));
    }

    public Cluster.Result tryKubectl(String... arguments) {
        return cluster.tryKubectl(in(arguments));
    }

    public JsonNode json(String... arguments) {
        return cluster.json(in(arguments));
    }

    /** The value at a JSON pointer of one object. */
    public String at(String pointer, String... getArguments) {
        return json(getArguments).at(pointer).asString("");
    }

    public String apply(String yaml) {
        return cluster.apply(name, yaml.replace("${image}", Cluster.IMAGE));
    }

    public void rolledOut(String deployment) {
        kubectl("rollout", "status", "deployment/" + deployment, timeout());
    }

    public void ready(String pod) {
        waitFor("pod/" + pod, "condition=Ready");
    }

    public String uid(String pod) {
        return at("/metadata/uid", "get", "pod", pod);
    }

    /**
     * Waits for the successor of a pod, which has its name. A rollout's status does not tell of it:
     * the controller may not have heard yet that the former one is gone.
     */
    public void replaced(String pod, String formerUid) {
        eventually(
                () -> {
                    String found =
                            tryKubectl("get", "pod", pod, "-o", "jsonpath={.metadata.uid}").out();
                    return !found.isEmpty() && !found.equals(formerUid);
                });
        ready(pod);
    }

    public void waitFor(String object, String state) {
        kubectl("wait", object, "--for=" + state, timeout());
    }

    /**
     * Waits for definitions of custom resources. kubectl takes the conditions of a new one, which
     * are null at first with kube-apiserver, too, for an error, and waits no longer.
     *
     * @param definitions as kubectl's arguments
     */
    public void established(String... definitions) {
        List<String> wait = new ArrayList<>(List.of("wait", "--for=condition=Established"));
        wait.add(timeout());
        wait.addAll(List.of(definitions));
        eventually(() -> tryKubectl(wait.toArray(String[]::new)).code() == 0);
    }

    /** Returns when it is gone. */
    public void delete(String kind, String name) {
        kubectl("delete", kind, name, timeout());
    }

    public static String timeout() {
        return "--timeout=" + Patience.LIMIT.toSeconds() + "s";
    }

    /** One pod that sleeps, with {@code spec} lines added at the level of the pod's spec. */
    public void sleeper(String pod) {
        apply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s, labels: {app: %s}}
                spec:
                  terminationGracePeriodSeconds: 1
                  containers:
                  - {name: main, image: "${image}", command: [sleep, "3600"]}
                """
                        .formatted(pod, pod));
        ready(pod);
    }

    /** As a sleeper, on a certain node, whether or not the scheduler would place it there. */
    public void sleeperOn(String node, String pod) {
        apply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: %s}
                spec:
                  nodeName: %s
                  terminationGracePeriodSeconds: 1
                  containers:
                  - {name: main, image: "${image}", command: [sleep, "3600"]}
                """
                        .formatted(pod, node));
        ready(pod);
    }

    /** A sleeper that serves, on port 8080, a file {@code a} in which {@code well} is written. */
    public void fileServer(String pod) {
        sleeper(pod);
        // A server that held on to the command's output would keep its stream open.
        String serve = "cd /tmp; echo well > a; httpd -p 8080 >/dev/null 2>&1";
        kubectl("exec", pod, "--", "sh", "-c", serve);
    }

    /** A web server of some replicas that answers with its pod's name. */
    public void web(String name, int replicas) {
        web(name, replicas, "");
    }

    /** As a web server, and there are as many on each node. */
    public void webOnEachNode(String name, int replicas) {
        web(
                name,
                replicas,
                """
                      topologySpreadConstraints:
                      - maxSkew: 1
                        topologyKey: kubernetes.io/hostname
                        whenUnsatisfiable: DoNotSchedule
                        labelSelector: {matchLabels: {app: %s}}
                """
                        .formatted(name));
    }

    private void web(String name, int replicas, String spec) {
        apply(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s}
                spec:
                  replicas: %2$d
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec:
                      terminationGracePeriodSeconds: 1
                %3$s
                      containers:
                      - name: web
                        image: "${image}"
                        command: [sh, -c, "mkdir /www; hostname > /www/index.html; exec httpd -f -p 8080 -h /www"]
                        ports: [{name: http, containerPort: 8080}]
                        readinessProbe: {httpGet: {path: /, port: http}, periodSeconds: 1, timeoutSeconds: 30}
                """
                        .formatted(name, replicas, spec));
        rolledOut(name);
    }

    public static void eventually(Callable<Boolean> condition) {
        eventually(Patience.LIMIT, condition);
    }

    /**
     * Returns once the condition holds. A request within it that fails means that it does not hold
     * yet; where it never does, the last such failure is told as the cause.
     */
    public static void eventually(Duration limit, Callable<Boolean> condition) {
        await().atMost(limit)
                .pollInterval((_, before) -> pause(before))
                .ignoreExceptionsMatching(TestNamespace::isFailedRequest)
                .until(condition);
    }

    /**
     * Cost: most conditions ask by a kubectl, which takes a quarter of a second of a core: what is
     * not so soon is asked less often, so that waiting does not slow down what is waited for.
     */
    private static Duration pause(Duration before) {
        return Duration.ofMillis(Math.clamp(before.toMillis() * 5 / 4, 200, 600));
    }

    private static boolean isFailedRequest(Throwable thrown) {
        return thrown instanceof AssertionError
                || thrown instanceof IOException
                || thrown instanceof ApiRefused
                || thrown instanceof ApiUnreachable;
    }

    @Override
    public void close() {
        String path = ClusterApi.path(new ObjectKey(Resources.NAMESPACES, "", name));
        try {
            cluster.api().send("DELETE", path, null, MediaType.get("application/json"));
        } catch (ApiRefused | ApiUnreachable failed) {
            System.out.printf("Namespace %s stays: %s%n", name, failed.getMessage());
        }
    }

    private String[] in(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "-n";
        all[1] = name;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return all;
    }
}
