package dev.gantry.acceptance;

import static dev.gantry.acceptance.TestNamespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Data that outlive the pods that wrote them. */
@ExtendWith(Cluster.Shared.class)
final class VolumeTest {
    private static final String DECISION = "/metadata/annotations/gantry.dev~1decision";

    @AutoClose private final TestNamespace ns;
    private final Cluster cluster;

    /** Every node of the local form sees this folder: the nodes share the machine's files. */
    @TempDir private Path disk;

    VolumeTest(Cluster cluster) {
        this.cluster = cluster;
        ns = new TestNamespace(cluster);
    }

    @AfterEach
    void deleteVolumes() {
        cluster.tryKubectl("delete", "pv", volume(), "--wait=false");
        cluster.tryKubectl("delete", "storageclass", volume());
    }

    @Test
    void onePodReadsWhatAnotherWroteAndTheVolumeIsReleasedWithItsClaim() throws IOException {
        volume("hostPath: {path: %s, type: Directory}".formatted(disk));
        claim();
        run("writer", "mkdir -p /data/sub && echo kept > /data/sub/note", "");
        finished("writer");
        ns.delete("pod", "writer");
        run("reader", "cat /data/note && ! touch /data/new", ", readOnly: true, subPath: sub");
        finished("reader");
        assertThat(ns.kubectl("logs", "reader")).contains("kept\n");
        assertThat(Files.readString(disk.resolve("sub/note"))).isEqualTo("kept\n");

        ns.kubectl("delete", "pvc", "data", "--wait=false");
        assertThat(ns.at("/metadata/finalizers/0", "get", "pvc", "data"))
                .isEqualTo("kubernetes.io/pvc-protection");
        ns.delete("pod", "reader");
        eventually(() -> phase().equals("Released"));
        assertThat(ns.tryKubectl("get", "pvc", "data").code()).isNotZero();
        assertThat(disk.resolve("sub/note")).exists();
    }

    @Test
    void aPodOnANodeWaitsForItsClaimAndSaysSo() {
        claim();
        ns.apply(pod("early", "echo here > /data/note", "", "nodeName: node-1"));
        eventually(() -> ns.kubectl("get", "events").contains("PVC is not bound"));
        volume("local: {path: %s}".formatted(disk));
        finished("early");

        assertThat(disk.resolve("note")).exists();
    }

    @Test
    void aDelayedClaimIsBoundWhereItsPodCanRunAndThePodGoesToItsVolume() {
        ns.apply(
                """
                apiVersion: storage.k8s.io/v1
                kind: StorageClass
                metadata: {name: %s}
                provisioner: kubernetes.io/no-provisioner
                volumeBindingMode: WaitForFirstConsumer
                """
                        .formatted(volume()));
        String node = "node-2";
        volume("local: {path: %s}".formatted(disk), "kubernetes.io/hostname", node);
        claim();
        eventually(() -> ns.kubectl("get", "events").contains("waiting for first consumer"));
        assertThat(ns.at("/status/phase", "get", "pvc", "data")).isEqualTo("Pending");

        ns.apply(pod("first", "echo here > /data/note", "", "enableServiceLinks: true"));
        finished("first");
        assertThat(ns.at("/spec/nodeName", "get", "pod", "first")).isEqualTo(node);
        assertThat(ns.at("/spec/volumeName", "get", "pvc", "data")).isEqualTo(volume());
        eventually(() -> phase().equals("Bound"));
        assertThat(disk.resolve("note")).exists();
    }

    /** Nobody provisions in these clusters, so the test does. */
    @Test
    void aGangIsBoundWhenTheVolumeOfOneOfItsPodsHasBeenProvisioned() {
        ns.apply(
                """
                apiVersion: storage.k8s.io/v1
                kind: StorageClass
                metadata: {name: %s}
                provisioner: example.com/nobody
                volumeBindingMode: WaitForFirstConsumer
                """
                        .formatted(volume()));
        claim();
        ns.apply(inGang(pod("first", "echo here > /data/note", "", "enableServiceLinks: true")));
        ns.apply(inGang(SchedulingTest.pod("second", "", "")));
        eventually(() -> !nominated("first").isEmpty() && !nominated("second").isEmpty());
        String node = nominated("first");
        assertThat(ns.at("/spec/nodeName", "get", "pod", "first")).isEmpty();
        assertThat(ns.at("/spec/nodeName", "get", "pod", "second")).isEmpty();

        String made =
                "claimRef: {namespace: %s, name: data}\n  local: {path: %s}"
                        .formatted(ns.name(), disk);
        volume(made, "kubernetes.io/hostname", node);
        finished("first");
        ns.ready("second");

        assertThat(ns.at("/spec/nodeName", "get", "pod", "first")).isEqualTo(node);
        assertThat(ns.at(DECISION, "get", "pod", "first")).contains("\"score\"", "tookMicros");
        assertThat(ns.at(DECISION, "get", "pod", "second")).contains("\"score\"", "tookMicros");
    }

    private String nominated(String pod) {
        return ns.at("/status/nominatedNodeName", "get", "pod", pod);
    }

    private static String inGang(String pod) {
        return pod.replace(
                "metadata: {",
                "metadata: {annotations: {gantry.dev/pod-group: team, gantry.dev/pod-group-size:"
                        + " \"2\"}, ");
    }

    private String volume() {
        return "volume-of-" + ns.name();
    }

    private String phase() {
        return cluster.json("get", "pv", volume()).at("/status/phase").asString("");
    }

    private void volume(String source) {
        volume(source, "kubernetes.io/os", "linux");
    }

    private void volume(String source, String label, String value) {
        ns.apply(
                """
                apiVersion: v1
                kind: PersistentVolume
                metadata: {name: %1$s}
                spec:
                  capacity: {storage: 1Gi}
                  accessModes: [ReadWriteOnce]
                  persistentVolumeReclaimPolicy: Retain
                  storageClassName: %1$s
                  nodeAffinity:
                    required:
                      nodeSelectorTerms:
                      - matchExpressions: [{key: %3$s, operator: In, values: [%4$s]}]
                  %2$s
                """
                        .formatted(volume(), source, label, value));
    }

    private void claim() {
        ns.apply(
                """
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: data}
                spec:
                  accessModes: [ReadWriteOnce]
                  storageClassName: %s
                  resources: {requests: {storage: 500Mi}}
                """
                        .formatted(volume()));
    }

    private void run(String name, String command, String mount) {
        ns.waitFor("pvc/data", "jsonpath={.status.phase}=Bound");
        ns.apply(pod(name, command, mount, "nodeSelector: {kubernetes.io/os: linux}"));
    }

    private static String pod(String name, String command, String mount, String more) {
        return """
        apiVersion: v1
        kind: Pod
        metadata: {name: %s}
        spec:
          terminationGracePeriodSeconds: 1
          restartPolicy: Never
          %s
          containers:
          - name: main
            image: "${image}"
            command: [sh, -c, "%s"]
            volumeMounts: [{name: data, mountPath: /data%s}]
          volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
        """
                .formatted(name, more, command, mount);
    }

    private void finished(String pod) {
        ns.waitFor("pod/" + pod, "jsonpath={.status.phase}=Succeeded");
    }
}
