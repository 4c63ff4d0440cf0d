package dev.gantry.state.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.state.shell.api.TestApi.Answer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Conformance: evictions honour PodDisruptionBudgets. */
class EvictionsTest {
    private static final String PODS = "/api/v1/namespaces/shop/pods";
    private static final String BUDGETS = "/apis/policy/v1/namespaces/shop/poddisruptionbudgets";
    private static final String READY =
            "{\"status\":{\"phase\":\"Running\",\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}]}}";
    private static final String UNREADY = "{\"status\":{\"phase\":\"Running\"}}";
    private static final String REFUSAL =
            "Cannot evict pod as it would violate the pod's disruption budget.";

    private TestApi api;

    @BeforeEach
    void start() throws InterruptedException {
        api = TestApi.withNamespace("shop");
        api.post(
                "/api/v1/namespaces/shop/serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}");
    }

    @Test
    void anEvictionPaysWithItsBudgetInTheSameCommit() {
        running("a", READY);
        budget("web", "", 1);

        Answer evicted = evict("a", "");

        assertThat(evicted.code()).as(evicted.message()).isEqualTo(201);
        Answer budget = api.get(BUDGETS + "/web");
        assertThat(budget.at("/status/disruptionsAllowed").asInt()).isZero();
        assertThat(budget.text("/status/disruptedPods/a")).isEqualTo("2026-11-24T10:00:00Z");
        assertThat(budget.text("/status/conditions/0/reason")).isEqualTo("InsufficientPods");
        assertThat(budget.at("/metadata/managedFields").findValuesAsString("manager"))
                .contains("kube-apiserver");
        Answer pod = api.get(PODS + "/a");
        assertThat(pod.text("/metadata/deletionTimestamp")).isNotEmpty();
        assertThat(pod.at("/status/conditions").toString())
                .contains("DisruptionTarget")
                .contains("EvictionByEvictionAPI");
    }

    @Test
    void anExhaustedBudgetSaysWhatItNeeds() {
        running("a", READY);
        budget("web", "", 0);

        Answer refused = evict("a", "");

        assertThat(refused.code()).isEqualTo(429);
        assertThat(refused.text("/reason")).isEqualTo("TooManyRequests");
        assertThat(refused.message()).isEqualTo(REFUSAL);
        assertThat(refused.text("/details/causes/0/reason")).isEqualTo("DisruptionBudget");
        assertThat(refused.text("/details/causes/0/message"))
                .isEqualTo("The disruption budget web needs 2 healthy pods and has 1 currently");
        assertThat(refused.at("/details").has("retryAfterSeconds")).isFalse();
        assertThat(api.get(PODS + "/a").at("/metadata").has("deletionTimestamp")).isFalse();
    }

    @Test
    void aBudgetThatNobodyLookedAtYetAllowsNothing() {
        running("a", READY);
        api.post(BUDGETS, budgetBody("web", ""));

        Answer refused = evict("a", "");

        assertThat(refused.code()).isEqualTo(429);
        assertThat(refused.at("/details/retryAfterSeconds").asInt()).isEqualTo(10);
        assertThat(refused.text("/details/causes/0/message"))
                .isEqualTo("The disruption budget web is still being processed by the server.");
    }

    @Test
    void aDryRunNeitherEvictsNorPays() {
        running("a", READY);
        budget("web", "", 1);

        assertThat(evict("a", ",\"deleteOptions\":{\"dryRun\":[\"All\"]}").code()).isEqualTo(201);

        assertThat(api.get(PODS + "/a").at("/metadata").has("deletionTimestamp")).isFalse();
        assertThat(api.get(BUDGETS + "/web").at("/status/disruptionsAllowed").asInt()).isEqualTo(1);
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        running("a", READY);

        for (String options : List.of("\"propagationPolicy\":\"Odd\"", "\"dryRun\":[\"Odd\"]")) {
            Answer refused = evict("a", ",\"deleteOptions\":{" + options + "}");

            assertThat(refused.code()).isEqualTo(422);
            assertThat(refused.message())
                    .startsWith("DeleteOptions.meta.k8s.io \"\" is invalid: ")
                    .contains("Unsupported value: ");
        }
        assertThat(api.get(PODS + "/a").at("/metadata").has("deletionTimestamp")).isFalse();
    }

    @Test
    void twoBudgetsOfOnePodAreMoreThanAnEvictionCanServe() {
        running("a", READY);
        budget("web", "", 1);
        budget("also", "", 1);

        Answer refused = evict("a", "");

        assertThat(refused.code()).isEqualTo(500);
        assertThat(refused.message())
                .isEqualTo(
                        "This pod has more than one PodDisruptionBudget, which the eviction"
                                + " subresource does not support.");
    }

    @Test
    void anUnhealthyPodGoesFreelyOnlyWhereThePolicySaysSo() {
        running("a", UNREADY);
        budget("web", "", 0);
        assertThat(evict("a", "").code()).isEqualTo(429);

        api.delete(BUDGETS + "/web");
        budget("web", "\"unhealthyPodEvictionPolicy\":\"AlwaysAllow\",", 0);
        assertThat(evict("a", "").code()).isEqualTo(201);
        assertThat(api.get(BUDGETS + "/web").at("/status").has("disruptedPods")).isFalse();
    }

    @Test
    void aPendingPodIsNobodysBudget() {
        api.post(PODS, pod("a"));
        budget("web", "", 0);
        assertThat(evict("a", "").code()).isEqualTo(201);
        assertThat(api.get(PODS + "/a").code()).isEqualTo(404);
    }

    private Answer evict(String pod, String more) {
        return api.post(
                PODS + "/" + pod + "/eviction",
                "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"%s\"}%s}"
                        .formatted(pod, more));
    }

    private void running(String name, String status) {
        api.post(PODS, pod(name));
        api.post(
                PODS + "/" + name + "/binding",
                "{\"metadata\":{\"name\":\"%s\"},\"target\":{\"kind\":\"Node\",\"name\":\"n\"}}"
                        .formatted(name));
        Answer running = api.patch(PODS + "/" + name + "/status", "merge-patch+json", status);
        assertThat(running.code()).as(running.message()).isEqualTo(200);
    }

    /** A budget that needs two healthy pods and has one. */
    private void budget(String name, String more, int allowed) {
        api.post(BUDGETS, budgetBody(name, more));
        Answer seen =
                api.patch(
                        BUDGETS + "/" + name + "/status",
                        "merge-patch+json",
                        "{\"status\":{\"observedGeneration\":1,\"disruptionsAllowed\":%d,\"currentHealthy\":1,\"desiredHealthy\":2,\"expectedPods\":2}}"
                                .formatted(allowed));
        assertThat(seen.code()).as(seen.message()).isEqualTo(200);
    }

    private static String budgetBody(String name, String more) {
        return "{\"metadata\":{\"name\":\"%s\"},\"spec\":{%s\"minAvailable\":2,\"selector\":{\"matchLabels\":{\"app\":\"web\"}}}}"
                .formatted(name, more);
    }

    private static String pod(String name) {
        return "{\"metadata\":{\"name\":\"%s\",\"labels\":{\"app\":\"web\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"}]}}"
                .formatted(name);
    }
}
