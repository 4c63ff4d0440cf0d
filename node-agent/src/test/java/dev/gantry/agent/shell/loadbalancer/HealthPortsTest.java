package dev.gantry.agent.shell.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.agent.network.HealthCheck;
import dev.gantry.testkit.FreePorts;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

final class HealthPortsTest {
    @AutoClose private final HealthPorts ports = new HealthPorts();
    @AutoClose private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void sayHowManyEndpointsTheNodeHas() throws Exception {
        int port = FreePorts.next();
        want(port, 2);

        HttpResponse<String> healthy = get(port);
        assertThat(healthy.statusCode()).isEqualTo(200);
        assertThat(healthy.body())
                .isEqualTo(
                        """
                        {
                        \t"service": {
                        \t\t"namespace": "n",
                        \t\t"name": "web"
                        \t},
                        \t"localEndpoints": 2,
                        \t"serviceProxyHealthy": true
                        }"""
                                .stripTrailing());
        assertThat(healthy.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(healthy.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(healthy.headers().firstValue("X-Load-Balancing-Endpoint-Weight")).contains("2");

        want(port, 0);
        assertThat(get(port).statusCode()).isEqualTo(503);
        assertThat(get(port).body()).contains("\"localEndpoints\": 0");
    }

    @Test
    void areClosedWhenNoServiceHasThemAnyMore() throws Exception {
        int port = FreePorts.next();
        want(port, 1);
        assertThat(get(port).statusCode()).isEqualTo(200);

        ports.want(new TreeMap<>());

        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void onePortThatIsOccupiedLeavesTheOthers() throws Exception {
        try (var occupied = new ServerSocket(0)) {
            int port = FreePorts.next();
            ports.want(
                    new TreeMap<>(
                            Map.of(
                                    occupied.getLocalPort(),
                                    new HealthCheck("n", "other", 1),
                                    port,
                                    new HealthCheck("n", "web", 1))));
            assertThat(get(port).statusCode()).isEqualTo(200);
        }
    }

    private void want(int port, int endpoints) {
        ports.want(new TreeMap<>(Map.of(port, new HealthCheck("n", "web", endpoints))));
    }

    private HttpResponse<String> get(int port) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/healthz"));
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
