package dev.gantry.agent.shell.http;

import dev.gantry.agent.shell.spdy.Dialer;
import dev.gantry.agent.shell.spdy.SpdyUpgrade;
import dev.gantry.agent.stream.RequestHead;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Port-forward: SPDY inside of a WebSocket on one side, plain SPDY on the other, byte for byte.
 *
 * <p>Compat: {@code SPDY/3.1+portforward.k8s.io}, as kubectl has it since 1.30. The ports are named
 * by the streams inside, so nothing has to be understood here.
 */
final class PortForwardRoute {
    private static final String TUNNEL = "SPDY/3.1+portforward.k8s.io";
    private static final String RUNTIME_PROTOCOL = "portforward.k8s.io";
    private static final int BUFFER_BYTES = 32768;

    private final PodContainers containers;
    private final Dialer dialer;

    PortForwardRoute(PodContainers containers, Dialer dialer) {
        this.containers = containers;
        this.dialer = dialer;
    }

    void serve(Exchange exchange, RequestHead request) throws IOException, Refused {
        List<String> offered = request.listed("sec-websocket-protocol");
        if (!Exchange.wantsWebSocket(request) || !offered.contains(TUNNEL)) {
            throw new Refused(400, "a WebSocket that speaks " + TUNNEL + " is needed");
        }
        String sandbox = containers.sandbox(request.path().get(1), request.path().get(2));
        String url = containers.runtime().portForwardUrl(sandbox, List.of());
        try (Dialer.Connection runtime = SpdyUpgrade.connect(dialer, url, RUNTIME_PROTOCOL);
                WebSocket client = exchange.upgrade(request, TUNNEL)) {
            Thread back =
                    Thread.ofVirtual().name("port-forward").start(() -> pump(runtime, client));
            try {
                forward(client, runtime);
            } finally {
                end(runtime);
                back.join();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forward(WebSocket client, Dialer.Connection runtime) throws IOException {
        for (Optional<byte[]> message = client.read();
                message.isPresent();
                message = client.read()) {
            runtime.out().write(message.get());
            runtime.out().flush();
        }
    }

    /** Ends the thread that reads from the runtime, too. */
    private static void end(Dialer.Connection runtime) throws IOException {
        runtime.close();
    }

    private static void pump(Dialer.Connection runtime, WebSocket client) {
        try (client) {
            byte[] buffer = new byte[BUFFER_BYTES];
            InputStream in = runtime.in();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                client.send(Arrays.copyOf(buffer, count));
            }
            client.finish();
        } catch (IOException gone) {
            // One side's end is the other's; closing the client ends the thread that reads it.
            return;
        }
    }
}
