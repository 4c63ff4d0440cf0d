package dev.gantry.acceptance;

import static dev.gantry.acceptance.TestNamespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What happens in and around one pod's containers. */
@ExtendWith(Cluster.Shared.class)
final class ContainerTest {
    private static final Pattern FORWARDING =
            Pattern.compile("Forwarding from (127\\.0\\.0\\.1:\\d+) -> 8080");

    @AutoClose private final TestNamespace ns;

    @TempDir Path folder;

    ContainerTest(Cluster cluster) {
        ns = new TestNamespace(cluster);
    }

    @Test
    void execReturnsOutputInputAndExitCode(Cluster cluster) {
        ns.sleeper("box");
        assertThat(ns.kubectl("exec", "box", "--", "echo", "hello")).isEqualTo("hello\n");
        Cluster.Result failed =
                ns.tryKubectl("exec", "box", "--", "sh", "-c", "echo bad >&2; exit 7");
        assertThat(failed.code()).isEqualTo(7);
        assertThat(failed.errors()).contains("bad");
        Cluster.Result piped =
                cluster.kubectlWithInput(
                        "through the pipe", "exec", "-i", "-n", ns.name(), "box", "--", "cat");
        assertThat(piped.out()).isEqualTo("through the pipe");
    }

    /** As kubectl before 1.31 asks for it, and client-go's executor in other programs. */
    @Test
    void execOverSpdyReturnsOutputInputAndExitCode(Cluster cluster) {
        ns.sleeper("box");
        var spdy = Map.of("KUBECTL_REMOTE_COMMAND_WEBSOCKETS", "false");
        String[] copy = {"exec", "-i", "-n", ns.name(), "box", "--", "sh", "-c", "cat; exit 7"};
        Cluster.Result piped = cluster.kubectlIn(spdy, "through the pipe", copy);
        assertThat(piped.out()).as(piped.text()).isEqualTo("through the pipe");
        assertThat(piped.code()).as(piped.text()).isEqualTo(7);
        Cluster.Result absent =
                cluster.kubectlIn(
                        spdy, "", "exec", "-n", ns.name(), "box", "--", "no-such-program");
        assertThat(absent.errors()).contains("no-such-program");
    }

    /** The agent's memory is the smaller one: 128 MB. */
    @Test
    void moreGoesInThanTheAgentHasMemoryFor(Cluster cluster) throws IOException {
        ns.sleeper("box");
        Path large = folder.resolve("large");
        try (var file = new RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(200_000_000);
        }
        String piped =
                "kubectl --kubeconfig %s -n %s exec -i box -- wc -c < %s"
                        .formatted(cluster.kubeconfig(), ns.name(), large);
        Cluster.Result counted = Cluster.run(List.of("sh", "-c", piped));
        assertThat(counted.out().strip()).as(counted.text()).isEqualTo("200000000");
    }

    @Test
    void copiesFilesBothWays() throws IOException {
        ns.sleeper("box");
        Path sent = Files.writeString(folder.resolve("sent.txt"), "content ".repeat(10_000));
        ns.kubectl("cp", sent.toString(), "box:/tmp/there.txt");
        assertThat(ns.kubectl("exec", "box", "--", "wc", "-c", "/tmp/there.txt"))
                .startsWith("80000 ");
        Path back = folder.resolve("back.txt");
        ns.kubectl("cp", "box:/tmp/there.txt", back.toString());
        assertThat(back).hasSameTextualContentAs(sent);
    }

    @Test
    void logsOfThisAndThePreviousContainer() {
        ns.apply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: twice}
                spec:
                  containers:
                  - name: main
                    image: "${image}"
                    command: [sh, -c, "echo run $(cat /keep/n 2>/dev/null | wc -l); echo x >> /keep/n; if [ $(wc -l < /keep/n) -lt 2 ]; then exit 3; fi; sleep 3600"]
                    volumeMounts: [{name: keep, mountPath: /keep}]
                  volumes: [{name: keep, emptyDir: {}}]
                """);
        eventually(() -> ns.tryKubectl("logs", "twice").out().contains("run 1"));
        eventually(() -> restarts("twice") == 1);
        assertThat(ns.kubectl("logs", "twice", "--previous")).contains("run 0");
        assertThat(
                        ns.at(
                                "/status/containerStatuses/0/lastState/terminated/exitCode",
                                "get",
                                "pod",
                                "twice"))
                .isEqualTo("3");
        assertThat(ns.kubectl("logs", "twice", "--tail=1", "--timestamps"))
                .matches("(?s)\\d{4}-.*run 1\n");
    }

    @Test
    void followsALogWhileItGrows() {
        ns.apply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: counter}
                spec:
                  restartPolicy: Never
                  containers:
                  - {name: main, image: "${image}", command: [sh, -c, "for i in 1 2 3 4 5; do echo line $i; sleep 0.3; done"]}
                """);
        eventually(() -> !ns.at("/status/phase", "get", "pod", "counter").equals("Pending"));
        eventually(() -> ns.kubectl("logs", "-f", "counter").contains("line 5"));
        assertThat(ns.kubectl("logs", "-f", "counter")).contains("line 1", "line 5");
        eventually(() -> ns.at("/status/phase", "get", "pod", "counter").equals("Succeeded"));
    }

    @Test
    void forwardsAPort(Cluster cluster) throws Exception {
        ns.web("web", 1);
        String pod = ns.at("/items/0/metadata/name", "get", "pods", "-l", "app=web");
        try (var forward =
                RunningKubectl.start(
                        cluster, folder, "port-forward", "-n", ns.name(), "pod/" + pod, ":8080")) {
            URI page = URI.create("http://" + forward.awaitOutput(FORWARDING).group(1) + "/");
            HttpClient http = HttpClient.newHttpClient();
            for (int i = 0; i < 3; i++) {
                var answer =
                        http.send(
                                HttpRequest.newBuilder(page).build(),
                                HttpResponse.BodyHandlers.ofString());
                assertThat(answer.body().strip()).isEqualTo(pod);
            }
        }
    }

    @Test
    void environmentAndVolumesComeFromTheirSourcesAndFollowThem() {
        ns.kubectl(
                "create",
                "configmap",
                "settings",
                "--from-literal=color=green",
                "--from-literal=size=7");
        ns.kubectl("create", "secret", "generic", "key", "--from-literal=password=s3cret");
        ns.apply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: reader, labels: {tier: front}}
                spec:
                  terminationGracePeriodSeconds: 1
                  containers:
                  - name: main
                    image: "${image}"
                    command: [sleep, "3600"]
                    env:
                    - {name: COLOR, valueFrom: {configMapKeyRef: {name: settings, key: color}}}
                    - {name: PASSWORD, valueFrom: {secretKeyRef: {name: key, key: password}}}
                    - {name: ME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
                    - {name: LIMIT, valueFrom: {resourceFieldRef: {resource: limits.memory}}}
                    - {name: BOTH, value: "$(ME)-$(COLOR)"}
                    envFrom: [{configMapRef: {name: settings}, prefix: CFG_}]
                    resources: {limits: {memory: 32Mi, cpu: 100m}}
                    volumeMounts:
                    - {name: settings, mountPath: /settings}
                    - {name: key, mountPath: /key}
                    - {name: about, mountPath: /about}
                    - {name: scratch, mountPath: /scratch}
                  volumes:
                  - {name: settings, configMap: {name: settings}}
                  - {name: key, secret: {secretName: key, defaultMode: 256}}
                  - {name: about, downwardAPI: {items: [{path: labels, fieldRef: {fieldPath: metadata.labels}}]}}
                  - {name: scratch, emptyDir: {}}
                """);
        ns.ready("reader");
        assertThat(
                        ns.kubectl(
                                "exec",
                                "reader",
                                "--",
                                "sh",
                                "-c",
                                "echo $COLOR $PASSWORD $BOTH $CFG_size $LIMIT"))
                .isEqualTo("green s3cret reader-green 7 33554432\n");
        assertThat(
                        ns.kubectl(
                                "exec",
                                "reader",
                                "--",
                                "cat",
                                "/settings/color",
                                "/key/password",
                                "/about/labels"))
                .isEqualTo("greens3crettier=\"front\"");
        assertThat(
                        ns.kubectl(
                                "exec",
                                "reader",
                                "--",
                                "ls",
                                "/var/run/secrets/kubernetes.io/serviceaccount"))
                .contains("ca.crt", "namespace", "token");
        assertThat(ns.at("/status/qosClass", "get", "pod", "reader")).isEqualTo("Guaranteed");

        ns.kubectl("patch", "configmap", "settings", "-p", "{\"data\":{\"color\":\"red\"}}");
        ns.kubectl("label", "pod", "reader", "--overwrite", "tier=back");
        eventually(
                () -> ns.kubectl("exec", "reader", "--", "cat", "/settings/color").equals("red"));
        eventually(
                () -> ns.kubectl("exec", "reader", "--", "cat", "/about/labels").contains("back"));
    }

    @Test
    void aContainerOverItsMemoryLimitIsOomKilled() {
        ns.apply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: hungry}
                spec:
                  restartPolicy: Never
                  containers:
                  - name: main
                    image: "${image}"
                    command: [sh, -c, "tail /dev/zero"]
                    resources: {limits: {memory: 16Mi}}
                """);
        eventually(
                () ->
                        ns.at(
                                        "/status/containerStatuses/0/state/terminated/reason",
                                        "get",
                                        "pod",
                                        "hungry")
                                .equals("OOMKilled"));
        eventually(() -> ns.at("/status/phase", "get", "pod", "hungry").equals("Failed"));
    }

    @Test
    void initContainersRunFirstAndHooksRunAroundTheContainer() {
        ns.apply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: staged}
                spec:
                  terminationGracePeriodSeconds: 60
                  initContainers:
                  - {name: first, image: "${image}", command: [sh, -c, "echo first >> /shared/order"], volumeMounts: [{name: shared, mountPath: /shared}]}
                  - {name: second, image: "${image}", command: [sh, -c, "echo second >> /shared/order"], volumeMounts: [{name: shared, mountPath: /shared}]}
                  containers:
                  - name: main
                    image: "${image}"
                    command: [sh, -c, "trap 'exit 0' TERM; while true; do sleep 0.1; done"]
                    volumeMounts: [{name: shared, mountPath: /shared}]
                    lifecycle:
                      postStart: {exec: {command: [sh, -c, "echo started >> /shared/order"]}}
                      preStop: {exec: {command: [sh, -c, "echo stopping > /proc/1/fd/1"]}}
                  volumes: [{name: shared, emptyDir: {medium: Memory}}]
                """);
        ns.ready("staged");
        assertThat(ns.kubectl("exec", "staged", "-c", "main", "--", "cat", "/shared/order"))
                .isEqualTo("first\nsecond\nstarted\n");
        ns.delete("pod", "staged");
        assertThat(ns.tryKubectl("get", "pod", "staged").errors()).contains("NotFound");
    }

    @Test
    void aFailingLivenessProbeRestartsAndAFailingReadinessProbeTakesOutOfService() {
        ns.apply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: probed, labels: {app: probed}}
                spec:
                  terminationGracePeriodSeconds: 1
                  containers:
                  - name: main
                    image: "${image}"
                    command: [sh, -c, "touch /tmp/ready /tmp/alive; sleep 3600"]
                    readinessProbe: {exec: {command: [cat, /tmp/ready]}, periodSeconds: 1, timeoutSeconds: 30, failureThreshold: 1}
                    livenessProbe: {exec: {command: [cat, /tmp/alive]}, periodSeconds: 1, timeoutSeconds: 30, failureThreshold: 2}
                    startupProbe: {exec: {command: [cat, /tmp/ready]}, periodSeconds: 1, timeoutSeconds: 30, failureThreshold: 60}
                """);
        ns.ready("probed");
        ns.kubectl("expose", "pod", "probed", "--port=80");
        eventually(
                () ->
                        ns.at(
                                        "/items/0/endpoints/0/conditions/ready",
                                        "get",
                                        "endpointslices",
                                        "-l",
                                        "kubernetes.io/service-name=probed")
                                .equals("true"));
        ns.kubectl("exec", "probed", "--", "rm", "/tmp/ready");
        ns.waitFor("pod/probed", "condition=Ready=False");
        eventually(
                () ->
                        ns.at(
                                        "/items/0/endpoints/0/conditions/ready",
                                        "get",
                                        "endpointslices",
                                        "-l",
                                        "kubernetes.io/service-name=probed")
                                .equals("false"));
        ns.kubectl("exec", "probed", "--", "rm", "/tmp/alive");
        eventually(() -> restarts("probed") > 0);
        ns.ready("probed");
    }

    @Test
    void aPodOfAnUnknownImageSaysSo() {
        ns.kubectl("run", "lost", "--image=localhost/gantry/nowhere:1");
        eventually(
                () ->
                        ns.at(
                                        "/status/containerStatuses/0/state/waiting/reason",
                                        "get",
                                        "pod",
                                        "lost")
                                .matches("ErrImagePull|ImagePullBackOff"));
        eventually(() -> ns.kubectl("describe", "pod", "lost").contains("Failed to pull image"));
    }

    private int restarts(String pod) {
        return ns.json("get", "pod", pod).at("/status/containerStatuses/0/restartCount").asInt(0);
    }
}
