package dev.gantry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.testkit.Patience;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.util.Config;
import io.kubernetes.client.util.PatchUtils;
import io.kubernetes.client.util.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The Kubernetes Java Client, whose models throw on any field that Kubernetes v1.36 does not have.
 */
@ExtendWith(Cluster.Shared.class)
final class JavaClientTest {
    @AutoClose private final TestNamespace ns;
    private final ApiClient client;
    private final CoreV1Api core;

    JavaClientTest(Cluster cluster) throws Exception {
        ns = new TestNamespace(cluster);
        client = Config.fromConfig(cluster.kubeconfig().toString());
        client.setConnectTimeout((int) Patience.LIMIT.toMillis());
        client.setReadTimeout((int) Patience.LIMIT.toMillis());
        core = new CoreV1Api(client);
    }

    @Test
    void createsReadsPatchesWatchesAndDeletes() throws Exception {
        V1ConfigMap wanted =
                new V1ConfigMap().metadata(new V1ObjectMeta().name("typed")).data(Map.of("a", "1"));
        V1ConfigMap made = core.createNamespacedConfigMap(ns.name(), wanted).execute();
        assertThat(made.getMetadata().getUid()).isNotEmpty();
        PatchUtils.patch(
                V1ConfigMap.class,
                () ->
                        core.patchNamespacedConfigMap(
                                        "typed", ns.name(), new V1Patch("{\"data\":{\"a\":\"2\"}}"))
                                .buildCall(null),
                V1Patch.PATCH_FORMAT_STRATEGIC_MERGE_PATCH,
                client);
        List<String> seen = new ArrayList<>();
        try (Watch<V1ConfigMap> watch =
                Watch.createWatch(
                        client,
                        core.listNamespacedConfigMap(ns.name())
                                .resourceVersion(made.getMetadata().getResourceVersion())
                                .watch(true)
                                .timeoutSeconds((int) Patience.LIMIT.toSeconds())
                                .buildCall(null),
                        new com.google.gson.reflect.TypeToken<
                                Watch.Response<V1ConfigMap>>() {}.getType())) {
            while (!seen.contains("MODIFIED 2") && watch.hasNext()) {
                var event = watch.next();
                seen.add(event.type + " " + event.object.getData().get("a"));
            }
        }
        assertThat(seen).contains("MODIFIED 2");
        core.deleteNamespacedConfigMap("typed", ns.name()).execute();
        assertThat(codeOf(() -> core.readNamespacedConfigMap("typed", ns.name()).execute()))
                .isEqualTo(404);
    }

    @Test
    void itsModelsReadEveryObjectOfARunningCluster() throws Exception {
        ns.web("web", 1);
        V1Deployment web =
                new AppsV1Api(client).readNamespacedDeployment("web", ns.name()).execute();
        assertThat(web.getStatus().getReadyReplicas()).isEqualTo(1);
        for (V1Pod pod : core.listNamespacedPod(ns.name()).execute().getItems()) {
            assertThat(pod.getStatus().getPodIPs()).hasSize(2);
        }
        assertThat(core.listNode().execute().getItems()).hasSize(2);
        assertThat(core.listNamespacedService("default").execute().getItems()).isNotEmpty();
        assertThat(core.listEventForAllNamespaces().execute().getItems()).isNotEmpty();
        assertThat(new AppsV1Api(client).listReplicaSetForAllNamespaces().execute().getItems())
                .isNotEmpty();
        assertThat(
                        new io.kubernetes.client.openapi.apis.DiscoveryV1Api(client)
                                .listEndpointSliceForAllNamespaces()
                                .execute()
                                .getItems())
                .isNotEmpty();
        assertThat(
                        new io.kubernetes.client.openapi.apis.RbacAuthorizationV1Api(client)
                                .listClusterRole()
                                .execute()
                                .getItems())
                .isNotEmpty();
        assertThat(
                        new io.kubernetes.client.openapi.apis.CoordinationV1Api(client)
                                .listLeaseForAllNamespaces()
                                .execute()
                                .getItems())
                .isNotEmpty();
        assertThat(
                        new io.kubernetes.client.openapi.apis.SchedulingV1Api(client)
                                .listPriorityClass()
                                .execute()
                                .getItems())
                .isNotEmpty();
    }

    private interface Request {
        void run() throws ApiException;
    }

    private static int codeOf(Request request) {
        try {
            request.run();
            return 200;
        } catch (ApiException refused) {
            return refused.getCode();
        }
    }
}
