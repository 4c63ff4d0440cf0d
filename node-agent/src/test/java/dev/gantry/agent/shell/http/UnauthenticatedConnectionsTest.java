package dev.gantry.agent.shell.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent's server among connections that never show a certificate. */
class UnauthenticatedConnectionsTest {
    /** More than the connections that the gateway may have. */
    private static final int FLOOD = 1100;

    private static final Duration LONG = Duration.ofHours(1);

    @TempDir Path folder;

    private BareServer server;

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void doNotUseUpTheGatewaysConnections() throws Exception {
        serve(new UnauthenticatedConnections.Limits(128, 64, LONG));
        Socket first = server.connect();
        for (int i = 0; i < FLOOD; i++) {
            Socket silent = server.connect();
            silent.getOutputStream().write(new byte[] {22, 3, 1});
        }
        for (int i = 0; i < 100; i++) {
            talking();
        }
        assertThat(ask(server.gateway(), "GET /pods HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 200");
        assertThat(isEnded(first)).as("the oldest was closed").isTrue();
    }

    @Test
    void mayNotSendMuch() throws Exception {
        serve(UnauthenticatedConnections.Limits.DEFAULT);
        String head = "GET /healthz HTTP/1.1\r\nX: " + "x".repeat(20_000) + "\r\n\r\n";
        assertThat(ask(server.unknown(), head)).startsWith("HTTP/1.1 431");
        assertThat(ask(server.gateway(), head)).startsWith("HTTP/1.1 200");
    }

    @Test
    void areClosedWhenTheyTakeTooLong() throws Exception {
        serve(new UnauthenticatedConnections.Limits(128, 64, Duration.ofSeconds(2)));
        Socket silent = server.connect();
        // On a busy machine two seconds may be over before a handshake is.
        Socket talking = Patience.await().ignoreExceptions().until(this::talking, _ -> true);
        SSLSocket welcome =
                Patience.await().ignoreExceptions().until(() -> server.gateway(), _ -> true);
        assertThat(isEnded(silent)).isTrue();
        assertThat(isEnded(talking)).isTrue();
        assertThat(ask(welcome, "GET /pods HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 200");
    }

    private void serve(UnauthenticatedConnections.Limits limits) throws IOException {
        server = new BareServer(folder, ReviewingApi.away(), limits);
    }

    /** One that begins a request and does not end it. */
    private Socket talking() throws IOException {
        Socket socket = server.unknown();
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
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }
}
