package dev.gantry.agent.shell.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.stream.RequestHead;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RequestCountsTest {
    private final RequestCounts counts = new RequestCounts();

    @Test
    void tellsWhatWasAskedHow() {
        count("GET", "metrics", "probes");
        count("POST", "exec", "a", "b", "c");
        assertThat(text())
                .contains("{long_running=\"false\",method=\"GET\",path=\"metrics/probes\",")
                .contains("{long_running=\"true\",method=\"POST\",path=\"exec\",");
    }

    @Test
    void doesNotGrowWithWhatClientsInvent() {
        for (int i = 0; i < 100; i++) {
            count("GET" + i, "healthz");
            count("GET", "path" + i);
        }
        assertThat(text().lines().filter(each -> !each.startsWith("#")))
                .containsExactlyInAnyOrder(
                        "kubelet_http_requests_total{long_running=\"false\",method=\"\",path=\"healthz\",server_type=\"readwrite\"} 100",
                        "kubelet_http_requests_total{long_running=\"false\",method=\"GET\",path=\"\",server_type=\"readwrite\"} 100");
    }

    private void count(String method, String... path) {
        counts.add(method, new RequestHead(List.of(path), new TreeMap<>(), List.of()));
    }

    private String text() {
        var text = new StringBuilder();
        counts.append(text);
        return text.toString();
    }
}
