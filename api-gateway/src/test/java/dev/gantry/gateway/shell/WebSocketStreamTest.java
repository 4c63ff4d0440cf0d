package dev.gantry.gateway.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.testkit.Patience;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logs and watches as messages of a WebSocket. */
@Timeout(180)
class WebSocketStreamTest {
    private static final String POD = "/api/v1/namespaces/apps/pods/p";

    @TempDir Path folder;
    private RunningGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = new RunningGateway(folder);
        gateway.agentOfNode();
        gateway.backend.put(
                POD,
                "{\"metadata\":{\"name\":\"p\",\"namespace\":\"apps\"},\"spec\":{"
                        + "\"nodeName\":\"n1\",\"containers\":[{\"name\":\"a\"}]}}");
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "binary.k8s.io"})
    void logComesAsItIs(String protocol) throws Exception {
        var heard = new Heard();
        WebSocket socket = open(POD + "/log", protocol, heard);
        assertThat(socket.getSubprotocol()).isEqualTo(protocol);
        assertThat(heard.next()).isEqualTo("binary ");
        assertThat(heard.toTheEnd()).isEqualTo("line 0\nline 1\nline 2\nclose 1000");
    }

    @Test
    void logComesInBase64() throws Exception {
        var heard = new Heard();
        open(POD + "/log", "base64.binary.k8s.io", heard);
        assertThat(heard.next()).isEqualTo("text ");
        String line = Base64.getEncoder().encodeToString("line 0\n".getBytes(UTF_8));
        assertThat(heard.next()).isEqualTo("text " + line);
    }

    @Test
    void logInAnUnknownProtocolIsForbidden() {
        assertThatThrownBy(() -> open(POD + "/log", "chat", new Heard()))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(403));
    }

    @Test
    void logThatIsNotThereIsRefusedInWords() {
        assertThatThrownBy(() -> open(POD + "/log?container=z", "binary.k8s.io", new Heard()))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(400));
    }

    @Test
    void eventsOfAWatchComeOneByOneAndEndWithTheirClient() throws Exception {
        var heard = new Heard();
        WebSocket socket = open("/api/v1/pods?watch=true", "", heard);
        gateway.backend.frames.add("{\"type\":\"ADDED\"}\n".getBytes(UTF_8));
        assertThat(heard.next()).isEqualTo("text {\"type\":\"ADDED\"}\n");
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        assertThat(gateway.backend.watchClosed.await(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    private WebSocket open(String path, String protocol, Heard heard) throws Exception {
        URI uri = gateway.webSocketUri(path);
        var builder = RunningGateway.client(gateway.admin()).newWebSocketBuilder();
        return (protocol.isEmpty() ? builder : builder.subprotocols(protocol))
                .buildAsync(uri, heard)
                .get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    /** Messages in the order in which they came, each with its kind. */
    private static final class Heard implements WebSocket.Listener {
        private final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();

        String next() throws InterruptedException {
            return String.valueOf(messages.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS));
        }

        /** All of them, without the kind of any but the last. */
        String toTheEnd() throws InterruptedException {
            var all = new StringBuilder();
            String message = next();
            while (message.startsWith("binary ")) {
                all.append(message.substring("binary ".length()));
                message = next();
            }
            return all + message;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(
                WebSocket from, ByteBuffer bytes, boolean isLast) {
            messages.add("binary " + UTF_8.decode(bytes));
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onText(
                WebSocket from, CharSequence text, boolean isLast) {
            messages.add("text " + text);
            from.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            messages.add("close " + code);
            return null;
        }
    }
}
