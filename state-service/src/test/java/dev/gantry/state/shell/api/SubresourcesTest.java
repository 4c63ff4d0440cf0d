package dev.gantry.state.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.state.shell.api.TestApi.Answer;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SubresourcesTest {
    private static final String PODS = "/api/v1/namespaces/shop/pods";
    private static final String DEPLOYMENTS = "/apis/apps/v1/namespaces/shop/deployments";
    private static final String ACCOUNTS = "/api/v1/namespaces/shop/serviceaccounts";
    private TestApi api;

    @BeforeEach
    void start() throws InterruptedException {
        api = TestApi.withNamespace("shop");
        api.post(ACCOUNTS, "{\"metadata\":{\"name\":\"default\"}}");
    }

    private static String pod(String name) {
        return "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}"
                .formatted(name);
    }

    private void bind(String pod, String node) {
        Answer bound =
                api.post(
                        PODS + "/" + pod + "/binding",
                        "{\"metadata\":{\"name\":\"%s\"},\"target\":{\"kind\":\"Node\",\"name\":\"%s\"}}"
                                .formatted(pod, node));
        assertThat(bound.code()).as(bound.message()).isEqualTo(201);
    }

    private void deployment() {
        Answer made =
                api.post(
                        DEPLOYMENTS,
                        """
                        {"metadata":{"name":"web"},"spec":{"replicas":2,
                         "selector":{"matchLabels":{"app":"web"}},
                         "template":{"metadata":{"labels":{"app":"web"}},
                          "spec":{"containers":[{"name":"c","image":"i"}]}}}}
                        """);
        assertThat(made.code()).as(made.message()).isEqualTo(201);
    }

    @Test
    void bindingPlacesAPodOnce() {
        api.post(PODS, pod("a"));
        bind("a", "node-1");

        Answer again =
                api.post(
                        PODS + "/a/binding",
                        "{\"metadata\":{\"name\":\"a\"},\"target\":{\"name\":\"node-2\"}}");

        Answer stored = api.get(PODS + "/a");
        assertThat(stored.text("/spec/nodeName")).isEqualTo("node-1");
        assertThat(stored.at("/status/conditions").toString()).contains("\"PodScheduled\"");
        assertThat(again.code()).isEqualTo(409);
        assertThat(again.message())
                .isEqualTo(
                        "Operation cannot be fulfilled on pods/binding \"a\": pod a is already"
                                + " assigned to node \"node-1\"");
    }

    /** Each kind whose status is empty at first: the patch finds something to add to. */
    @Test
    void jsonPatchAddsToAStatusThatIsStillEmpty() {
        Map<String, String> made =
                Map.of(
                        "/apis/resource.k8s.io/v1/namespaces/shop/resourceclaims",
                        "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"devices\":{}}}",
                        "/apis/policy/v1/namespaces/shop/poddisruptionbudgets",
                        "{\"metadata\":{\"name\":\"a\"},\"spec\":{}}",
                        "/api/v1/namespaces/shop/services",
                        "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"ports\":[{\"port\":80}]}}");
        made.forEach(
                (path, body) -> {
                    Answer created = api.post(path, body);
                    assertThat(created.at("/status").isObject()).as(created.message()).isTrue();
                    Answer patched =
                            api.patch(
                                    path + "/a/status",
                                    "json-patch+json",
                                    "[{\"op\":\"add\",\"path\":\"/status/conditions\",\"value\":[]}]");
                    assertThat(patched.code()).as(patched.message()).isEqualTo(200);
                });
    }

    @Test
    void jsonPatchAllocatesAFreshClaim() {
        String claims = "/apis/resource.k8s.io/v1/namespaces/shop/resourceclaims";
        api.post(claims, "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"devices\":{}}}");
        Answer patched =
                api.patch(
                        claims + "/a/status",
                        "json-patch+json",
                        "[{\"op\":\"add\",\"path\":\"/status/allocation\",\"value\":{}}]");
        assertThat(patched.code()).as(patched.message()).isEqualTo(200);
        assertThat(api.get(claims + "/a").at("/status/allocation").isObject()).isTrue();
    }

    @Test
    void unboundPodGoesAtOnceAndABoundOneInItsGrace() {
        api.post(PODS, pod("loose"));
        api.post(PODS, pod("bound"));
        bind("bound", "node-1");

        Answer loose = api.delete(PODS + "/loose");
        Answer bound = api.delete(PODS + "/bound");

        assertThat(loose.text("/kind")).isEqualTo("Pod");
        assertThat(api.get(PODS + "/loose").code()).isEqualTo(404);
        assertThat(bound.at("/metadata/deletionGracePeriodSeconds").asInt()).isEqualTo(30);
        assertThat(bound.text("/metadata/deletionTimestamp")).isEqualTo("2026-11-24T10:00:30Z");
        assertThat(api.get(PODS + "/bound").code()).isEqualTo(200);
    }

    @Test
    void graceOfALeavingPodCanOnlyBeShortened() {
        api.post(PODS, pod("a"));
        bind("a", "node-1");
        api.delete(PODS + "/a?gracePeriodSeconds=20");

        Answer longer = api.delete(PODS + "/a?gracePeriodSeconds=60");
        Answer shorter = api.delete(PODS + "/a?gracePeriodSeconds=5");
        Answer now = api.delete(PODS + "/a?gracePeriodSeconds=0");

        assertThat(longer.at("/metadata/deletionGracePeriodSeconds").asInt()).isEqualTo(20);
        assertThat(shorter.at("/metadata/deletionGracePeriodSeconds").asInt()).isEqualTo(5);
        assertThat(shorter.text("/metadata/deletionTimestamp")).isEqualTo("2026-11-24T10:00:05Z");
        assertThat(now.code()).isEqualTo(200);
        assertThat(api.get(PODS + "/a").code()).isEqualTo(404);
    }

    @Test
    void evictionIsADeletion() {
        api.post(PODS, pod("a"));
        bind("a", "node-1");

        Answer evicted =
                api.post(
                        PODS + "/a/eviction",
                        "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"a\"}}");

        assertThat(evicted.code()).as(evicted.message()).isEqualTo(201);
        assertThat(api.get(PODS + "/a").text("/metadata/deletionTimestamp")).isNotEmpty();
    }

    @Test
    void statusAndSpecAreWrittenApart() {
        deployment();
        String status =
                """
                {"metadata":{"name":"web"},"spec":{"replicas":9,
                 "selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},
                 "spec":{"containers":[{"name":"c","image":"i"}]}}},"status":{"replicas":2,"observedGeneration":1}}
                """;

        Answer written = api.put(DEPLOYMENTS + "/web/status", status);

        assertThat(written.code()).as(written.message()).isEqualTo(200);
        assertThat(written.at("/spec/replicas").asInt()).isEqualTo(2);
        assertThat(written.at("/status/replicas").asInt()).isEqualTo(2);
        assertThat(written.at("/metadata/generation").asInt()).isEqualTo(1);
    }

    /** Its selector is a map of labels, other than a Deployment's. */
    @Test
    void aReplicationControllerIsScaledAndLeavesItsPods() {
        String controllers = "/api/v1/namespaces/shop/replicationcontrollers";
        Answer made =
                api.post(
                        controllers,
                        """
                        {"metadata":{"name":"web"},"spec":{"replicas":2,
                         "template":{"metadata":{"labels":{"b":"2","a":"1"}},
                          "spec":{"containers":[{"name":"c","image":"i"}]}}}}
                        """);
        assertThat(made.code()).as(made.message()).isEqualTo(201);
        Answer scale = api.get(controllers + "/web/scale");
        assertThat(scale.text("/status/selector")).isEqualTo("a=1,b=2");
        Answer scaled =
                api.patch(
                        controllers + "/web/scale",
                        "merge-patch+json",
                        "{\"spec\":{\"replicas\":5}}");
        assertThat(scaled.at("/spec/replicas").asInt()).isEqualTo(5);
        assertThat(api.get(controllers + "/web").at("/spec/replicas").asInt()).isEqualTo(5);
        assertThat(api.delete(controllers + "/web").at("/metadata/finalizers/0").asString())
                .isEqualTo("orphan");
    }

    @Test
    void scaleReadsAndWritesTheReplicas() {
        deployment();

        Answer scale = api.get(DEPLOYMENTS + "/web/scale");
        Answer written =
                api.put(
                        DEPLOYMENTS + "/web/scale",
                        "{\"metadata\":{\"name\":\"web\",\"namespace\":\"shop\"},\"spec\":{\"replicas\":5}}");
        Answer patched =
                api.patch(
                        DEPLOYMENTS + "/web/scale",
                        "merge-patch+json",
                        "{\"spec\":{\"replicas\":7}}");
        Answer negative =
                api.patch(
                        DEPLOYMENTS + "/web/scale",
                        "merge-patch+json",
                        "{\"spec\":{\"replicas\":-1}}");

        assertThat(scale.text("/kind")).isEqualTo("Scale");
        assertThat(scale.text("/status/selector")).isEqualTo("app=web");
        assertThat(written.at("/spec/replicas").asInt()).as(written.message()).isEqualTo(5);
        assertThat(patched.at("/spec/replicas").asInt()).as(patched.message()).isEqualTo(7);
        assertThat(negative.code()).isEqualTo(422);
        Answer stored = api.get(DEPLOYMENTS + "/web");
        assertThat(stored.at("/spec/replicas").asInt()).isEqualTo(7);
        assertThat(stored.at("/metadata/generation").asInt()).isEqualTo(3);
    }

    @Test
    void namespaceGoesOnlyOnceItIsFinalized() {
        Answer deleted = api.delete("/api/v1/namespaces/shop");
        Answer late = api.post(PODS, pod("late"));
        Answer finalized =
                api.put(
                        "/api/v1/namespaces/shop/finalize",
                        "{\"metadata\":{\"name\":\"shop\"},\"spec\":{\"finalizers\":[]}}");

        assertThat(deleted.text("/status/phase")).isEqualTo("Terminating");
        assertThat(late.code()).isEqualTo(403);
        assertThat(late.message())
                .isEqualTo(
                        "pods \"late\" is forbidden: unable to create new content in namespace shop"
                                + " because it is being terminated");
        assertThat(late.text("/details/causes/0/reason")).isEqualTo("NamespaceTerminating");
        assertThat(finalized.code()).as(finalized.message()).isEqualTo(200);
        assertThat(api.get("/api/v1/namespaces/shop").code()).isEqualTo(404);
    }

    @Test
    void systemNamespacesStay() {
        api.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"kube-system\"}}");

        Answer refused = api.delete("/api/v1/namespaces/kube-system");

        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.message())
                .isEqualTo(
                        "namespaces \"kube-system\" is forbidden: this namespace may not be"
                                + " deleted");
    }

    @Test
    void tokenSpeaksForTheAccountAndItsPod() throws Exception {
        api.post(PODS, pod("a"));
        String uid = api.get(PODS + "/a").text("/metadata/uid");

        Answer answer =
                api.post(
                        ACCOUNTS + "/default/token",
                        """
                        {"spec":{"audiences":["vault"],"expirationSeconds":900,
                         "boundObjectRef":{"kind":"Pod","apiVersion":"v1","name":"a"}}}
                        """);

        assertThat(answer.code()).as(answer.message()).isEqualTo(201);
        assertThat(answer.text("/status/expirationTimestamp")).isEqualTo("2026-11-24T10:15:00Z");
        String[] parts = answer.text("/status/token").split("\\.");
        JsonNode claims = JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(parts[1]));
        assertThat(claims.path("sub").asString()).isEqualTo("system:serviceaccount:shop:default");
        assertThat(claims.path("aud").toString()).isEqualTo("[\"vault\"]");
        assertThat(claims.path("kubernetes.io").at("/pod/uid").asString()).isEqualTo(uid);
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(900);
        Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
        verifier.initVerify(api.keys.getPublic());
        verifier.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        assertThat(verifier.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }

    @Test
    void tokenIsNotForShortOrForStrangers() {
        Answer brief =
                api.post(ACCOUNTS + "/default/token", "{\"spec\":{\"expirationSeconds\":9}}");
        Answer stranger = api.post(ACCOUNTS + "/nobody/token", "{}");

        assertThat(brief.code()).isEqualTo(422);
        assertThat(brief.message()).contains("may not specify a duration less than 10 minutes");
        assertThat(stranger.code()).isEqualTo(404);
    }

    @Test
    void collectionGoesAsSelected() {
        for (String name : new String[] {"a", "b"}) {
            api.post(
                    "/api/v1/namespaces/shop/configmaps",
                    "{\"metadata\":{\"name\":\"%s\",\"labels\":{\"n\":\"%s\"}}}"
                            .formatted(name, name));
        }

        Answer gone = api.delete("/api/v1/namespaces/shop/configmaps?labelSelector=n%3Da");

        assertThat(gone.code()).isEqualTo(200);
        assertThat(api.get("/api/v1/namespaces/shop/configmaps").at("/items").size()).isEqualTo(1);
    }

    @Test
    void foregroundDeletionLeavesAMarkForTheGarbageCollector() {
        deployment();

        Answer marked = api.delete(DEPLOYMENTS + "/web?propagationPolicy=Foreground");
        Answer odd = api.delete(DEPLOYMENTS + "/web?propagationPolicy=Sideways");

        assertThat(marked.at("/metadata/finalizers").toString())
                .isEqualTo("[\"foregroundDeletion\"]");
        assertThat(api.get(DEPLOYMENTS + "/web").text("/metadata/deletionTimestamp")).isNotEmpty();
        assertThat(odd.code()).isEqualTo(422);
    }
}
