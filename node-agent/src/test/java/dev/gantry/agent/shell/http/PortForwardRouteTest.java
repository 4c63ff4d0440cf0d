package dev.gantry.agent.shell.http;

import static dev.gantry.testkit.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.stream.ChannelProtocol;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** kubectl and other clients on one end, a port of a container on the other. */
@ExtendWith(ServedPod.Shared.class)
final class PortForwardRouteTest {
    @TempDir private Path folder;
    private final ServedPod web;

    PortForwardRouteTest(ServedPod web) {
        this.web = web;
    }

    /** SPDY inside of a WebSocket, and SPDY alone. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void forwardsSeveralConnectionsOverOneTunnel(boolean isInWebSocket) throws Exception {
        Path output = folder.resolve("forward.log");
        Process process =
                web.kubectlTo(
                        output,
                        "port-forward web :8080",
                        "KUBECTL_PORT_FORWARD_WEBSOCKETS=" + isInWebSocket);
        try {
            Matcher local =
                    await().until(
                                    () ->
                                            Pattern.compile("127.0.0.1:(\\d+) ->")
                                                    .matcher(Files.readString(output)),
                                    Matcher::find);
            URI page = URI.create("http://127.0.0.1:" + local.group(1) + "/");
            for (int round = 0; round < 5; round++) {
                List<Thread> clients = new ArrayList<>();
                List<String> pages = java.util.Collections.synchronizedList(new ArrayList<>());
                for (int i = 0; i < 4; i++) {
                    clients.add(Thread.startVirtualThread(() -> pages.add(fetch(page))));
                }
                for (Thread each : clients) {
                    each.join();
                }
                assertThat(pages).hasSize(4).containsOnly("page\n");
            }
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    @Test
    void forwardsPortsAsChannelsForClientsThatSpeakNoSpdy() throws Exception {
        var heard = new ByteArrayOutputStream();
        try (var http = HttpClient.newBuilder().sslContext(web.gateway()).build()) {
            var socket =
                    http.newWebSocketBuilder()
                            .subprotocols("v4.channel.k8s.io")
                            .buildAsync(
                                    web.uri("wss", "/portForward/default/web?ports=8080"),
                                    new Recorder(heard))
                            .get();
            byte[] request =
                    ChannelProtocol.V4.message(0, "GET / HTTP/1.0\r\n\r\n".getBytes(UTF_8));
            socket.sendBinary(ByteBuffer.wrap(request), true).get();
            await().until(() -> heard.toString(UTF_8).endsWith("page\n"));
            byte[] bytes = heard.toByteArray();
            assertThat(Arrays.copyOf(bytes, 6))
                    .containsExactly(0, (byte) 8080, 8080 >> 8, 1, (byte) 8080, 8080 >> 8);
            await().until(socket::isInputClosed);
            socket.abort();
        }
    }

    /** Keeps all that comes, channel numbers and bytes in one. */
    private record Recorder(ByteArrayOutputStream heard)
            implements java.net.http.WebSocket.Listener {
        @Override
        public @Nullable CompletionStage<?> onBinary(
                java.net.http.WebSocket socket, ByteBuffer data, boolean last) {
            byte[] bytes = new byte[data.remaining()];
            data.get(bytes);
            heard.writeBytes(bytes);
            socket.request(1);
            return null;
        }
    }

    private static String fetch(URI page) {
        try (InputStream in = page.toURL().openStream()) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException broken) {
            return broken.toString();
        }
    }
}
