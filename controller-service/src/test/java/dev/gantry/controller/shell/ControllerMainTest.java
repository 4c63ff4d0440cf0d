package dev.gantry.controller.shell;

import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.testkit.FreePorts;
import dev.gantry.testkit.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The controllers with an API that is not well, and without their Kafka. */
final class ControllerMainTest {
    private static final String KUBECONFIG =
            """
            clusters: [{name: c, cluster: {server: "%s"}}]
            users: [{name: u, user: {token: t}}]
            contexts: [{name: c, context: {cluster: c, user: u}}]
            current-context: c
            """;

    @TempDir private Path folder;

    @Test
    void tellOfThemselvesBeforeTheyKnowAnything() throws Exception {
        Files.writeString(folder.resolve("ca.crt"), "an authority");
        int port = FreePorts.next();
        try (var api = LoopbackServer.start(each -> LoopbackServer.reply(each, 503, "{}"));
                var _ =
                        ControllerMain.start(
                                "--gantry.kafka.properties[bootstrap.servers]=127.0.0.1:"
                                        + FreePorts.next(),
                                "--gantry.pki.dir=" + folder,
                                "--gantry.api.kubeconfig=" + kubeconfig(api),
                                "--gantry.controller.management-port=" + port);
                var client = HttpClient.newHttpClient()) {
            assertThat(ask(client, port, "/livez").statusCode()).isEqualTo(200);
            assertThat(ask(client, port, "/readyz").statusCode()).isEqualTo(500);
            String refused =
                    "\nrest_client_requests_total{code=\"503\",host=\"127.0.0.1:%d\",method=\"GET\"} "
                            .formatted(api.port());
            await().untilAsserted(
                            () ->
                                    assertThat(ask(client, port, "/metrics").body())
                                            .contains(
                                                    refused,
                                                    "\nworkqueue_depth{name=\"deployment\"} 0\n",
                                                    "\nworkqueue_adds_total{name=\"horizontalpodautoscaler\"} 0\n",
                                                    "\nleader_election_master_status{name=\"kube-controller-manager\"} 0\n",
                                                    "\nprocess_start_time_seconds ",
                                                    "\nkubernetes_build_info{"));
        }
    }

    private Path kubeconfig(LoopbackServer api) throws IOException {
        return Files.writeString(folder.resolve("kubeconfig"), KUBECONFIG.formatted(api.url()));
    }

    private static HttpResponse<String> ask(HttpClient client, int port, String path)
            throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + port + path);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
