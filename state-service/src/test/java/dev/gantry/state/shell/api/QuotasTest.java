package dev.gantry.state.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.state.shell.api.TestApi.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** ResourceQuotas are charged with what is stored, and refuse what is beyond them. */
class QuotasTest {
    private static final String SHOP = "/api/v1/namespaces/shop";

    private TestApi api;

    @BeforeEach
    void start() throws InterruptedException {
        api = TestApi.withNamespace("shop");
        api.post(SHOP + "/serviceaccounts", "{\"metadata\":{\"name\":\"default\"}}");
    }

    @Test
    void takesWhatFitsAndRefusesWhatDoesNot() {
        quota(
                "q",
                "{\"pods\":\"2\",\"requests.cpu\":\"1\"}",
                "{\"pods\":\"0\",\"requests.cpu\":\"0\"}");

        assertThat(pod("a", "300m").code()).isEqualTo(201);
        assertThat(used("q", "requests.cpu")).isEqualTo("300m");
        assertThat(pod("b", "800m").message())
                .isEqualTo(
                        "pods \"b\" is forbidden: exceeded quota: q, requested: requests.cpu=800m,"
                                + " used: requests.cpu=300m, limited: requests.cpu=1");
        assertThat(pod("c", "700m").code()).isEqualTo(201);
        Answer beyond = pod("d", "0");
        assertThat(beyond.code()).isEqualTo(403);
        assertThat(beyond.message()).contains("requested: pods=1, used: pods=2, limited: pods=2");
        assertThat(used("q", "pods")).isEqualTo("2");
        assertThat(used("q", "requests.cpu")).isEqualTo("1");
    }

    @Test
    void theServerIsNotedAsHavingChargedIt() {
        quota("q", "{\"pods\":\"2\"}", "{\"pods\":\"0\"}");

        pod("a", "300m");

        Answer charged = api.get(SHOP + "/resourcequotas/q");
        assertThat(charged.at("/metadata/managedFields").toString())
                .contains(
                        "{\"manager\":\"kube-apiserver\",\"operation\":\"Update\",\"apiVersion\":\"v1\","
                                + "\"time\":\"2026-11-24T10:00:00Z\",\"fieldsType\":\"FieldsV1\",\"fieldsV1\":"
                                + "{\"f:status\":{\"f:used\":{\"f:pods\":{}}}},\"subresource\":\"status\"}");
    }

    @Test
    void devicesAreCountedByTheirClass() {
        String devices = "gpu.deviceclass.resource.k8s.io/devices";
        quota("q", "{\"%s\":\"3\"}".formatted(devices), "{\"%s\":\"0\"}".formatted(devices));

        assertThat(claim("a", "gpu", 2).code()).isEqualTo(201);
        assertThat(claim("b", "nic", 5).code()).isEqualTo(201);
        assertThat(claim("c", "gpu", 2).message())
                .isEqualTo(
                        "resourceclaims.resource.k8s.io \"c\" is forbidden: exceeded quota: q,"
                                + " requested: %1$s=2, used: %1$s=2, limited: %1$s=3"
                                        .formatted(devices));
        assertThat(used("q", devices)).isEqualTo("2");
    }

    private Answer claim(String name, String deviceClass, int count) {
        return api.post(
                "/apis/resource.k8s.io/v1/namespaces/shop/resourceclaims",
                """
                {"metadata":{"name":"%s"},"spec":{"devices":{"requests":[
                 {"name":"r","exactly":{"deviceClassName":"%s","count":%d}}]}}}
                """
                        .formatted(name, deviceClass, count));
    }

    @Test
    void whatIsLimitedHasToBeSaid() {
        quota(
                "q",
                "{\"limits.cpu\":\"1\",\"memory\":\"1Gi\"}",
                "{\"limits.cpu\":\"0\",\"memory\":\"0\"}");

        assertThat(pod("a", "1").message())
                .isEqualTo(
                        "pods \"a\" is forbidden: failed quota: q: must specify limits.cpu for: c;"
                                + " memory for: c");
    }

    @Test
    void aQuotaThatNobodyCountedYetAllowsNothing() {
        quota("q", "{\"configmaps\":\"9\"}", "{}");

        assertThat(configMap("a").message())
                .isEqualTo(
                        "configmaps \"a\" is forbidden: status unknown for quota: q, resources:"
                                + " configmaps");
        assertThat(api.post(SHOP + "/secrets", "{\"metadata\":{\"name\":\"s\"}}").code())
                .isEqualTo(201);
    }

    @Test
    void aServiceThatGrowsIsChargedForTheDifference() {
        quota("q", "{\"services.nodeports\":\"1\"}", "{\"services.nodeports\":\"0\"}");
        String ports = "{\"name\":\"one\",\"port\":80}";
        Answer made =
                api.post(
                        SHOP + "/services",
                        "{\"metadata\":{\"name\":\"web\"},\"spec\":{\"ports\":[%s]}}"
                                .formatted(ports));
        assertThat(made.code()).as(made.message()).isEqualTo(201);

        assertThat(web("{\"spec\":{\"type\":\"NodePort\"}}").code()).isEqualTo(200);
        assertThat(used("q", "services.nodeports")).isEqualTo("1");
        String more = "{\"spec\":{\"ports\":[%s,{\"name\":\"two\",\"port\":81}]}}".formatted(ports);
        assertThat(web(more).message())
                .contains("exceeded quota: q, requested: services.nodeports=1");
        assertThat(web("{\"metadata\":{\"labels\":{\"a\":\"b\"}}}").code()).isEqualTo(200);
    }

    @Test
    void aDryRunTakesNothing() {
        quota("q", "{\"configmaps\":\"1\"}", "{\"configmaps\":\"0\"}");

        assertThat(
                        api.post(SHOP + "/configmaps?dryRun=All", "{\"metadata\":{\"name\":\"a\"}}")
                                .code())
                .isEqualTo(201);
        assertThat(used("q", "configmaps")).isEqualTo("0");
    }

    @Test
    void noPlaceIsGivenTwice() throws Exception {
        quota("q", "{\"count/configmaps\":\"7\"}", "{\"count/configmaps\":\"0\"}");
        List<Future<Answer>> asked = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 30; i++) {
                String name = "m" + i;
                asked.add(threads.submit(() -> configMap(name)));
            }
        }
        int made = 0;
        for (Future<Answer> each : asked) {
            int code = each.get().code();
            assertThat(code).isIn(201, 403);
            made += code == 201 ? 1 : 0;
        }
        assertThat(made).isEqualTo(7);
        assertThat(api.get(SHOP + "/configmaps").at("/items").size()).isEqualTo(7);
        assertThat(used("q", "count/configmaps")).isEqualTo("7");
    }

    private void quota(String name, String hard, String used) {
        String path = SHOP + "/resourcequotas";
        String body = "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"hard\":%s}}";
        assertThat(api.post(path, body.formatted(name, hard)).code()).isEqualTo(201);
        Answer counted =
                api.patch(
                        path + "/" + name + "/status",
                        "merge-patch+json",
                        "{\"status\":{\"hard\":%s,\"used\":%s}}".formatted(hard, used));
        assertThat(counted.code()).as(counted.message()).isEqualTo(200);
    }

    private String used(String quota, String name) {
        return api.get(SHOP + "/resourcequotas/" + quota)
                .at("/status/used")
                .path(name)
                .asString("");
    }

    private Answer pod(String name, String cpu) {
        return api.post(
                SHOP + "/pods",
                """
                {"metadata": {"name": "%s"}, "spec": {"containers": [{"name": "c", "image": "i",
                  "resources": {"requests": {"cpu": "%s"}}}]}}
                """
                        .formatted(name, cpu));
    }

    private Answer configMap(String name) {
        return api.post(SHOP + "/configmaps", "{\"metadata\":{\"name\":\"" + name + "\"}}");
    }

    private Answer web(String patch) {
        return api.patch(SHOP + "/services/web", "merge-patch+json", patch);
    }
}
