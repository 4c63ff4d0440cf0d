package dev.gantry.agent.shell.http;

import dev.gantry.agent.shell.spdy.Dialer;
import dev.gantry.agent.shell.spdy.SpdySession;
import dev.gantry.agent.shell.spdy.SpdyUpgrade;
import dev.gantry.agent.stream.ChannelProtocol;
import dev.gantry.agent.stream.RequestHead;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Port-forward, in both of the ways that clients have.
 *
 * <p>Compat: kubectl since 1.30 speaks {@code SPDY/3.1+portforward.k8s.io}: SPDY inside of a
 * WebSocket, passed on byte for byte, since the ports are named by the streams inside. Others, the
 * Java client among them, speak {@code v4.channel.k8s.io}; see {@link PortChannels}.
 */
final class PortForwardRoute {
    private static final String TUNNEL = "SPDY/3.1+portforward.k8s.io";
    private static final String RUNTIME_PROTOCOL = "portforward.k8s.io";
    private static final int BUFFER_BYTES = 32768;
    private static final int MAX_PORT = 65535;

    private final PodContainers containers;
    private final Dialer dialer;

    PortForwardRoute(PodContainers containers, Dialer dialer) {
        this.containers = containers;
        this.dialer = dialer;
    }

    void serve(Exchange exchange, RequestHead request) throws IOException, Refused {
        List<String> offered = request.protocols();
        boolean isTunnel = offered.contains(TUNNEL);
        Optional<ChannelProtocol> protocol =
                isTunnel ? Optional.empty() : ChannelProtocol.forPorts(offered);
        if (!exchange.isForWebSocket() || !isTunnel && protocol.isEmpty()) {
            throw new Refused(
                    400,
                    "a WebSocket that speaks %s or %s"
                            .formatted(TUNNEL, ChannelProtocol.V4.wire()));
        }
        List<Integer> wanted = isTunnel ? List.of() : ports(request);
        String sandbox = containers.sandbox(request.path().get(1), request.path().get(2));
        String url = containers.runtime().portForwardUrl(sandbox, List.of());
        try (Dialer.Connection runtime = connect(url);
                WebSocket client = upgrade(exchange, protocol)) {
            if (protocol.isEmpty()) {
                tunnel(client, runtime);
            } else {
                new PortChannels(client, protocol.get(), new SpdySession(runtime), wanted).run();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private static WebSocket upgrade(Exchange exchange, Optional<ChannelProtocol> protocol)
            throws IOException, Refused {
        return protocol.isPresent()
                ? exchange.upgrade(protocol.get())
                : exchange.upgrade(TUNNEL, WebSocket.Form.BINARY);
    }

    private Dialer.Connection connect(String url) throws Refused {
        try {
            return SpdyUpgrade.connect(dialer, url, RUNTIME_PROTOCOL);
        } catch (IOException broken) {
            throw new Refused(500, "the runtime does not stream: " + broken.getMessage());
        }
    }

    /** Compat: {@code ports} may be repeated, and hold several numbers each. */
    private static List<Integer> ports(RequestHead request) throws Refused {
        List<Integer> ports = new ArrayList<>();
        for (String value : request.query().getOrDefault("ports", List.of())) {
            for (String each : value.split(",")) {
                if (!each.matches("\\d{1,5}") || Integer.parseInt(each) > MAX_PORT) {
                    throw new Refused(400, "not a port: " + each);
                }
                ports.add(Integer.parseInt(each));
            }
        }
        if (ports.isEmpty()) {
            throw new Refused(400, "query parameter \"ports\" is required");
        }
        return ports;
    }

    private static void tunnel(WebSocket client, Dialer.Connection runtime)
            throws IOException, InterruptedException {
        Thread back = Thread.ofVirtual().name("port-forward").start(() -> pump(runtime, client));
        try {
            forward(client, runtime);
        } finally {
            // Ends the thread that reads from the runtime, too.
            runtime.close();
            back.join();
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
