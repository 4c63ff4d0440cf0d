package dev.gantry.agent.shell.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.node.Machine;
import dev.gantry.agent.pod.PodDirectory;
import dev.gantry.agent.shell.spdy.Dialer;
import dev.gantry.agent.shell.volume.LocalVolumes;
import dev.gantry.agent.testing.FakeRuntime;
import dev.gantry.agent.testing.TestAuthority;
import dev.gantry.client.shell.http.ClusterAccess;
import dev.gantry.model.meta.Resource;
import dev.gantry.testkit.FreePorts;
import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent's server among connections that never show a certificate. */
class UnauthenticatedConnectionsTest {
    /** More than the connections that the gateway may have. */
    private static final int FLOOD = 1100;

    private static final Duration LONG = Duration.ofHours(1);

    @TempDir Path folder;

    private final int port = FreePorts.next();
    private final List<Socket> connections = new ArrayList<>();
    private SSLContext gateway;
    private SSLContext unknown;
    private SSLContext node;
    private AgentServer server;

    @BeforeEach
    void makeCertificates() throws Exception {
        var pki = new TestAuthority();
        gateway = ClusterAccess.mutualTls(pki.kubeconfig(folder, "CN=system:gantry:gateway"));
        unknown = ClusterAccess.mutualTls(pki.kubeconfig(folder, "CN=somebody"));
        node = ClusterAccess.mutualTls(pki.kubeconfig(folder, "CN=system:node:test"));
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket each : connections) {
            each.close();
        }
        server.close();
    }

    @Test
    void doNotUseUpTheGatewaysConnections() throws Exception {
        serve(new UnauthenticatedConnections.Limits(128, 64, LONG));
        Socket first = connect();
        for (int i = 0; i < FLOOD; i++) {
            Socket silent = connect();
            silent.getOutputStream().write(new byte[] {22, 3, 1});
        }
        for (int i = 0; i < 100; i++) {
            talking();
        }
        assertThat(ask(secure(gateway), "GET /pods HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 200");
        assertThat(isEnded(first)).as("the oldest was closed").isTrue();
    }

    @Test
    void mayNotSendMuch() throws Exception {
        serve(UnauthenticatedConnections.Limits.DEFAULT);
        String head = "GET /healthz HTTP/1.1\r\nX: " + "x".repeat(8000) + "\r\n\r\n";
        assertThat(ask(secure(unknown), head)).startsWith("HTTP/1.1 431");
        assertThat(ask(secure(gateway), head)).startsWith("HTTP/1.1 200");
    }

    @Test
    void areClosedWhenTheyTakeTooLong() throws Exception {
        serve(new UnauthenticatedConnections.Limits(128, 64, Duration.ofSeconds(2)));
        Socket silent = connect();
        // On a busy machine two seconds may be over before a handshake is.
        Socket talking = Patience.await().ignoreExceptions().until(this::talking, _ -> true);
        SSLSocket welcome =
                Patience.await().ignoreExceptions().until(() -> secure(gateway), _ -> true);
        assertThat(isEnded(silent)).isTrue();
        assertThat(isEnded(talking)).isTrue();
        assertThat(ask(welcome, "GET /pods HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 200");
    }

    private void serve(UnauthenticatedConnections.Limits limits) {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        var sources =
                new AgentServer.Sources(
                        new NoPods(),
                        new FakeRuntime(),
                        Dialer::tcp,
                        LocalVolumes.below(Path.of("/nonexistent")),
                        new NodeMetrics(
                                List.of(),
                                _ -> {},
                                "",
                                new Machine("", "", "", "", "", "", 0, 0, 0)),
                        new TreeMap<>());
        server = new AgentServer("test", address, () -> Optional.of(node), sources, limits);
        server.start();
        Patience.await()
                .ignoreExceptions()
                .until(() -> ask(secure(gateway), "GET /healthz HTTP/1.1\r\n\r\n").contains("200"));
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) Patience.LIMIT.toMillis());
        connections.add(socket);
        return socket;
    }

    private SSLSocket secure(SSLContext who) throws IOException {
        Socket plain = connect();
        var socket = (SSLSocket) who.getSocketFactory().createSocket(plain, "node", port, true);
        socket.startHandshake();
        return socket;
    }

    /** One that begins a request and does not end it. */
    private Socket talking() throws IOException {
        Socket socket = secure(unknown);
        socket.getOutputStream().write("GET /healthz HTTP/1.1\r\nX: ".getBytes(US_ASCII));
        return socket;
    }

    /** The first line of the answer. */
    private static String ask(SSLSocket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        var line = new StringBuilder();
        int next = socket.getInputStream().read();
        while (next >= 0 && next != '\r') {
            line.append((char) next);
            next = socket.getInputStream().read();
        }
        return line.toString();
    }

    /** Waits for the server to close it. */
    private static boolean isEnded(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private static final class NoPods implements PodDirectory {
        @Override
        public Optional<Resource> pod(String namespace, String name) {
            return Optional.empty();
        }

        @Override
        public List<Resource> pods() {
            return List.of();
        }
    }
}
