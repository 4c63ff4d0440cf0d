package dev.gantry.acceptance;

import static dev.gantry.acceptance.TestNamespace.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Storage that a new cluster has by itself. */
@ExtendWith(Cluster.Shared.class)
final class LocalStorageTest {
    @AutoClose private final TestNamespace ns;
    private final Cluster cluster;

    LocalStorageTest(Cluster cluster) {
        this.cluster = cluster;
        ns = new TestNamespace(cluster);
    }

    @Test
    void aStatefulSetKeepsItsDataAndWhatItNoLongerNeedsIsDeleted() {
        assertThat(cluster.kubectl("get", "storageclass")).contains("local (default)");
        ns.apply(
                """
                apiVersion: v1
                kind: Service
                metadata: {name: db}
                spec: {clusterIP: None, selector: {app: db}, ports: [{port: 80}]}
                ---
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: db}
                spec:
                  serviceName: db
                  replicas: 2
                  selector: {matchLabels: {app: db}}
                  persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete}
                  template:
                    metadata: {labels: {app: db}}
                    spec:
                      terminationGracePeriodSeconds: 1
                      securityContext: {runAsUser: 1000, fsGroup: 1000}
                      containers:
                      - name: c
                        image: "${image}"
                        command: [sleep, "3600"]
                        volumeMounts: [{name: data, mountPath: /data}]
                  volumeClaimTemplates:
                  - metadata: {name: data}
                    spec:
                      accessModes: [ReadWriteOnce]
                      resources: {requests: {storage: 100Mi}}
                """);
        ns.kubectl("rollout", "status", "statefulset/db", TestNamespace.timeout());
        ns.kubectl("exec", "db-0", "--", "sh", "-c", "echo kept > /data/row");
        String node = ns.at("/spec/nodeName", "get", "pod", "db-0");
        String volume = ns.at("/spec/volumeName", "get", "pvc", "data-db-0");
        assertThat(cluster.kubectl("describe", "pv", volume)).contains("local.gantry.dev", node);

        String more = "{\"spec\":{\"resources\":{\"requests\":{\"storage\":\"200Mi\"}}}}";
        ns.kubectl("patch", "pvc", "data-db-0", "-p", more);
        eventually(
                () -> ns.at("/status/capacity/storage", "get", "pvc", "data-db-0").equals("200Mi"));

        String uid = ns.uid("db-0");
        ns.delete("pod", "db-0");
        ns.replaced("db-0", uid);
        assertThat(ns.at("/spec/nodeName", "get", "pod", "db-0")).isEqualTo(node);
        assertThat(ns.kubectl("exec", "db-0", "--", "cat", "/data/row")).isEqualTo("kept\n");

        ns.delete("statefulset", "db");
        eventually(() -> cluster.tryKubectl("get", "pv", volume).errors().contains("NotFound"));
    }

    @Test
    void anEphemeralVolumeGoesWithItsPod() {
        ns.apply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: work}
                spec:
                  restartPolicy: Never
                  containers:
                  - name: c
                    image: "${image}"
                    command: [sh, -c, "echo x > /scratch/x"]
                    volumeMounts: [{name: scratch, mountPath: /scratch}]
                  volumes:
                  - name: scratch
                    ephemeral:
                      volumeClaimTemplate:
                        spec:
                          accessModes: [ReadWriteOnce]
                          resources: {requests: {storage: 10Mi}}
                """);
        ns.waitFor("pod/work", "jsonpath={.status.phase}=Succeeded");
        String volume = ns.at("/spec/volumeName", "get", "pvc", "work-scratch");
        ns.delete("pod", "work");
        eventually(() -> cluster.tryKubectl("get", "pv", volume).errors().contains("NotFound"));
        eventually(() -> ns.json("get", "pvc").path("items").isEmpty());
    }
}
