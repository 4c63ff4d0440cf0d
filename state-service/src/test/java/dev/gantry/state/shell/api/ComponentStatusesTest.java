package dev.gantry.state.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.state.shell.api.TestApi.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code kubectl get componentstatuses} asks for is made of what the leaders wrote last. */
class ComponentStatusesTest {
    private static final String COMPONENTS = "/api/v1/componentstatuses";

    private TestApi api;

    @BeforeEach
    void start() throws InterruptedException {
        api = TestApi.withNamespace("kube-system");
    }

    @Test
    void areWellWhileTheirLeadersRenew() {
        lease("kube-scheduler", "a", Duration.ofSeconds(-5));
        lease("kube-controller-manager", "b", Duration.ofSeconds(-15));

        Answer list = api.get(COMPONENTS);

        assertThat(list.text("/kind")).isEqualTo("ComponentStatusList");
        assertThat(list.at("/metadata").toString()).isEqualTo("{}");
        assertThat(list.headers().get("Warning"))
                .isEqualTo("299 - \"v1 ComponentStatus is deprecated in v1.19+\"");
        assertThat(told(list))
                .containsExactly(
                        "controller-manager True ok", "etcd-0 True ok", "scheduler True ok");
        assertThat(api.get(COMPONENTS + "/scheduler").body().toString())
                .isEqualTo(
                        "{\"apiVersion\":\"v1\",\"kind\":\"ComponentStatus\",\"metadata\":"
                                + "{\"name\":\"scheduler\"},\"conditions\":[{\"type\":\"Healthy\","
                                + "\"status\":\"True\",\"message\":\"ok\"}]}");
    }

    @Test
    void tellWhoDoesNotRenewAnyMoreAndWhatCannotBeWritten() {
        lease("kube-scheduler", "a", Duration.ofSeconds(-16));
        api.isWritable = false;

        assertThat(told(api.get(COMPONENTS)))
                .containsExactly(
                        "controller-manager False nobody has led yet: there is no Lease"
                                + " kube-system/kube-controller-manager",
                        "etcd-0 False the database cannot be written to",
                        "scheduler False a does not renew the Lease kube-system/kube-scheduler any"
                                + " more, last at 2026-11-24T09:59:44Z");
    }

    @Test
    void tellOfALeaseThatWasGivenBack() {
        lease("kube-scheduler", "", Duration.ZERO);
        assertThat(told(api.get(COMPONENTS + "?fieldSelector=metadata.name=scheduler")))
                .containsExactly(
                        "scheduler False nobody leads: the Lease kube-system/kube-scheduler has no"
                                + " holder");
    }

    @Test
    void haveRowsOfTheirOwn() {
        lease("kube-scheduler", "a", Duration.ZERO);
        ApiReply reply =
                api.raw(
                        "GET",
                        COMPONENTS + "/scheduler",
                        "",
                        Map.of("accept", "application/json;as=Table;v=v1;g=meta.k8s.io"));
        JsonNode table = JsonMapper.shared().readTree(((ApiReply.Whole) reply).body());
        assertThat(table.at("/rows/0/cells").toString())
                .isEqualTo("[\"scheduler\",\"Healthy\",\"ok\",\"\"]");
        assertThat(table.at("/columnDefinitions").findValuesAsString("name"))
                .containsExactly("Name", "Status", "Message", "Error");
    }

    @Test
    void canOnlyBeRead() {
        assertThat(api.get(COMPONENTS + "/kubelet").message())
                .isEqualTo("componentstatus \"kubelet\" not found");
        assertThat(api.post(COMPONENTS, "{\"metadata\":{\"name\":\"a\"}}").code()).isEqualTo(405);
        assertThat(api.delete(COMPONENTS).code()).isEqualTo(405);
    }

    private void lease(String name, String holder, Duration since) {
        Answer made =
                api.post(
                        "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases",
                        """
                        {"metadata":{"name":"%s"},"spec":{"holderIdentity":"%s",
                        "leaseDurationSeconds":15,"renewTime":"%s"}}"""
                                .formatted(
                                        name,
                                        holder,
                                        TestApi.NOW
                                                .plus(since)
                                                .toString()
                                                .replace("Z", ".000000Z")));
        assertThat(made.code()).as(made.message()).isEqualTo(201);
    }

    private static List<String> told(Answer list) {
        List<String> all = new ArrayList<>();
        for (JsonNode each : list.at("/items")) {
            JsonNode health = each.path("conditions").path(0);
            all.add(
                    "%s %s %s"
                            .formatted(
                                    each.at("/metadata/name").asString(),
                                    health.path("status").asString(),
                                    health.path("message").asString()));
        }
        return all;
    }
}
