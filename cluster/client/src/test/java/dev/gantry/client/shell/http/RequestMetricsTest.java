package dev.gantry.client.shell.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.testkit.LoopbackServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class RequestMetricsTest {
    @Test
    void countRequestsByCodeAndTellHowLongTheyTook() throws IOException {
        var key = new ObjectKey(Resources.PODS, "default", "web");
        ClusterApi api;
        String host;
        try (var server =
                LoopbackServer.start(
                        exchange ->
                                LoopbackServer.reply(exchange, 404, "{\"reason\":\"NotFound\"}"))) {
            api = ClusterApi.of(ClusterAccess.withToken(server.url(), "test"));
            host = "127.0.0.1:" + server.port();
            assertThat(api.get(key)).isEmpty();
            assertThat(api.get(key)).isEmpty();
        }
        assertThatThrownBy(() -> api.get(key)).isInstanceOf(ApiUnreachable.class);
        var text = new StringBuilder();
        api.metrics().append(text);

        assertThat(text.toString().lines())
                .contains(
                        "# TYPE rest_client_requests_total counter",
                        "rest_client_requests_total{code=\"404\",host=\"%s\",method=\"GET\"} 2"
                                .formatted(host),
                        "rest_client_requests_total{code=\"<error>\",host=\"%s\",method=\"GET\"} 1"
                                .formatted(host),
                        "# TYPE rest_client_request_duration_seconds histogram",
                        "rest_client_request_duration_seconds_count{host=\"%s\",verb=\"GET\"} 3"
                                .formatted(host))
                .anyMatch(line -> line.contains("verb=\"GET\",le=\"0.005\""));
    }
}
