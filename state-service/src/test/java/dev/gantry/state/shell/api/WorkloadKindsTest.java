package dev.gantry.state.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.state.shell.api.TestApi.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What requests make of Jobs, sets and autoscalers: versions, subresources, counts. */
class WorkloadKindsTest {
    private static final String APPS = "/apis/apps/v1/namespaces/shop/";
    private static final String JOBS = "/apis/batch/v1/namespaces/shop/jobs";
    private static final String FIRST =
            "/apis/autoscaling/v1/namespaces/shop/horizontalpodautoscalers";
    private static final String SECOND =
            "/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers";
    private static final String TEMPLATE =
            """
            "selector":{"matchLabels":{"app":"db"}},"template":{"metadata":{"labels":{"app":"db"}},
             "spec":{"containers":[{"name":"c","image":"i"}]}}
            """;
    private TestApi api;

    @BeforeEach
    void start() throws InterruptedException {
        api = TestApi.withNamespace("shop");
    }

    private Answer made(String path, String body) {
        Answer made = api.post(path, body);
        assertThat(made.code()).as(made.message()).isEqualTo(201);
        return made;
    }

    @Test
    void anAutoscalerIsReadAndWrittenInBothVersions() {
        made(
                FIRST,
                """
                {"metadata":{"name":"web"},"spec":{"maxReplicas":5,"targetCPUUtilizationPercentage":60,
                 "scaleTargetRef":{"apiVersion":"apps/v1","kind":"Deployment","name":"web"}}}
                """);
        Answer second = api.get(SECOND + "/web");
        assertThat(second.text("/apiVersion")).isEqualTo("autoscaling/v2");
        assertThat(second.at("/spec/metrics/0/resource/target/averageUtilization").asInt())
                .isEqualTo(60);

        Answer patched =
                api.patch(
                        SECOND + "/web",
                        "merge-patch+json",
                        """
                        {"spec":{"metrics":[{"type":"Pods","pods":{"metric":{"name":"rps"},
                         "target":{"type":"AverageValue","averageValue":"1000m"}}}]}}
                        """);
        assertThat(patched.code()).as(patched.message()).isEqualTo(200);
        Answer first = api.get(FIRST + "/web");
        assertThat(first.at("/metadata/annotations").toString())
                .contains("targetAverageValue\\\":\\\"1\\\"");
        assertThat(first.at("/spec").has("targetCPUUtilizationPercentage")).isFalse();
        assertThat(first.at("/status/currentReplicas").asInt(-1)).isZero();

        Answer written = api.put(FIRST + "/web", first.body().toString());
        assertThat(written.code()).as(written.message()).isEqualTo(200);
        assertThat(api.get(SECOND + "/web").at("/spec/metrics"))
                .isEqualTo(patched.at("/spec/metrics"));
        assertThat(api.get(FIRST).text("/items/0/metadata/name")).isEqualTo("web");
    }

    @Test
    void aStatefulSetIsScaled() {
        made(
                APPS + "statefulsets",
                "{\"metadata\":{\"name\":\"db\"},\"spec\":{\"serviceName\":\"db\","
                        + TEMPLATE
                        + "}}");
        String scale = APPS + "statefulsets/db/scale";
        assertThat(api.get(scale).text("/status/selector")).isEqualTo("app=db");
        Answer scaled = api.patch(scale, "merge-patch+json", "{\"spec\":{\"replicas\":4}}");
        assertThat(scaled.at("/spec/replicas").asInt()).isEqualTo(4);
        Answer set = api.get(APPS + "statefulsets/db");
        assertThat(set.at("/spec/replicas").asInt()).isEqualTo(4);
        assertThat(set.at("/metadata/generation").asInt()).isEqualTo(2);
    }

    @Test
    void changesOfADaemonSetsTemplateAreCounted() {
        made(APPS + "daemonsets", "{\"metadata\":{\"name\":\"logs\"},\"spec\":{" + TEMPLATE + "}}");
        String note = "deprecated.daemonset.template.generation";
        api.patch(
                APPS + "daemonsets/logs",
                "merge-patch+json",
                "{\"metadata\":{\"annotations\":{\"" + note + "\":\"9\"}}}");
        Answer changed =
                api.patch(
                        APPS + "daemonsets/logs",
                        "merge-patch+json",
                        "{\"spec\":{\"template\":{\"spec\":{\"hostNetwork\":true}}}}");
        assertThat(changed.at("/metadata/annotations").path(note).asString()).isEqualTo("2");
        assertThat(changed.at("/metadata/generation").asInt()).isEqualTo(2);
    }

    @Test
    void aJobKnowsItsPodsByItsUidAndLeavesThemWhenItIsDeleted() {
        Answer job =
                made(
                        JOBS,
                        """
                        {"metadata":{"name":"pi"},"spec":{"template":{"spec":{
                         "restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}}}
                        """);
        String uid = job.text("/metadata/uid");
        assertThat(
                        job.at("/spec/selector/matchLabels")
                                .path("batch.kubernetes.io/controller-uid")
                                .asString())
                .isEqualTo(uid);
        assertThat(job.at("/metadata/labels")).isEqualTo(job.at("/spec/template/metadata/labels"));
        api.patch(JOBS + "/pi/status", "merge-patch+json", "{\"status\":{\"succeeded\":1}}");
        assertThat(api.get(JOBS + "?fieldSelector=status.successful%3D1").at("/items")).hasSize(1);
        assertThat(api.get(JOBS + "?fieldSelector=status.successful%3D0").at("/items")).isEmpty();
        assertThat(api.delete(JOBS + "/pi").text("/metadata/finalizers/0")).isEqualTo("orphan");
    }
}
