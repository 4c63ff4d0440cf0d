package dev.gantry.gateway.shell.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.authorization.Access;
import dev.gantry.model.kind.Resources;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MetricsTest {
    private static final String DURATION = "apiserver_request_duration_seconds";

    @Test
    void tellHowMuchMemoryTheProcessHas() {
        String text = new Metrics(_ -> 0, List.of()).text();

        assertThat(text)
                .containsPattern("\nprocess_resident_memory_bytes [1-9][0-9]{6,}\n")
                .containsPattern("\nprocess_start_time_seconds [1-9][0-9]{9}\n")
                .containsPattern("\nprocess_cpu_seconds_total [0-9.]+\n");
    }

    @Test
    void countRequestsAndSayHowLongTheyTook() {
        var metrics = new Metrics(_ -> 0, List.of());
        metrics.count(access("list"), 200, Duration.ofMillis(30));
        metrics.count(access("list"), 404, Duration.ofSeconds(90));
        metrics.count(access("watch"), 200, Duration.ofSeconds(7));

        String labels =
                "component=\"apiserver\",group=\"apps\",resource=\"deployments\",scope=\"namespace\","
                        + "subresource=\"\",verb=\"LIST\",version=\"v1\"";
        assertThat(metrics.text().lines())
                .contains(
                        "apiserver_request_total{" + labels + ",code=\"404\"} 1",
                        "apiserver_request_duration_seconds_bucket{" + labels + ",le=\"0.025\"} 0",
                        "apiserver_request_duration_seconds_bucket{" + labels + ",le=\"0.05\"} 1",
                        "apiserver_request_duration_seconds_bucket{" + labels + ",le=\"60\"} 1",
                        "apiserver_request_duration_seconds_bucket{" + labels + ",le=\"+Inf\"} 2",
                        "apiserver_request_duration_seconds_sum{" + labels + "} 90.03",
                        "apiserver_request_duration_seconds_count{" + labels + "} 2",
                        "apiserver_request_sli_duration_seconds_count{" + labels + "} 2")
                .noneMatch(line -> line.startsWith(DURATION) && line.contains("WATCH"));
    }

    @Test
    void tellOneObjectFromANamespaceAndACluster() {
        var metrics = new Metrics(_ -> 0, List.of());
        metrics.count(Access.resource("get", Resources.NODES, "", "", "n"), 200, Duration.ZERO);
        metrics.count(Access.resource("create", Resources.PODS, "", "a", ""), 201, Duration.ZERO);
        metrics.count(Access.resource("list", Resources.PODS, "", "", ""), 200, Duration.ZERO);
        metrics.count(Access.path("get", "/healthz"), 200, Duration.ZERO);

        assertThat(metrics.text())
                .containsPattern("resource=\"nodes\",scope=\"resource\".*verb=\"GET\"")
                .containsPattern("resource=\"pods\",scope=\"resource\".*verb=\"POST\"")
                .containsPattern("resource=\"pods\",scope=\"cluster\".*verb=\"LIST\"")
                .containsPattern("resource=\"\",scope=\"\".*verb=\"GET\"");
    }

    @Test
    void countWhatWasGivenUpAndLeaveOutWhatCannotBeTold() {
        var metrics =
                new Metrics(
                        _ -> 3,
                        List.of(
                                text -> {
                                    text.append("half");
                                    throw new IllegalStateException("away");
                                },
                                text -> text.append("whole\n")));
        metrics.terminated(access("list"), 504);

        assertThat(metrics.text())
                .containsPattern(
                        "apiserver_request_terminations_total\\{.*verb=\"LIST\".*code=\"504\"} 1\n")
                .contains("apiserver_current_inflight_requests{request_kind=\"readOnly\"} 3\n")
                .endsWith("\nwhole\n")
                .doesNotContain("half");
    }

    private static Access access(String verb) {
        return Access.resource(verb, Resources.DEPLOYMENTS, "", "a", "");
    }
}
