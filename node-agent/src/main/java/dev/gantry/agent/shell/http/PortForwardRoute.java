package dev.gantry.agent.shell.http;

import dev.gantry.agent.shell.spdy.Dialer;
import dev.gantry.agent.shell.spdy.SpdySession;
import dev.gantry.agent.shell.spdy.SpdyUpgrade;
import dev.gantry.agent.shell.spdy.SpdyUpgrade.Upgraded;
import dev.gantry.agent.stream.ChannelProtocol;
import dev.gantry.agent.stream.RequestHead;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Port-forward, in all of the ways that clients have.
 *
 * <p>Compat: most speak SPDY. It is passed on byte for byte, since the ports are named by the
 * streams inside; kubectl since 1.30 has it inside of a WebSocket, as {@code
 * SPDY/3.1+portforward.k8s.io}. Others, the Java client among them, speak {@code
 * v4.channel.k8s.io}; see {@link PortChannels}.
 */
final class PortForwardRoute {
    private static final String TUNNEL = "SPDY/3.1+portforward.k8s.io";
    private static final String RUNTIME_PROTOCOL = "portforward.k8s.io";
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
        if (exchange.isForSpdy()) {
            try (Upgraded runtime = connect(request, offered);
                    RawClient client = exchange.upgradeToSpdy(runtime.protocol())) {
                RawTunnel.join(client, runtime);
            }
        } else if (exchange.isForWebSocket() && isTunnel) {
            try (Upgraded runtime = connect(request, List.of(RUNTIME_PROTOCOL));
                    WebSocket client = exchange.upgrade(TUNNEL, WebSocket.Form.BINARY)) {
                RawTunnel.join(client, runtime);
            }
        } else if (exchange.isForWebSocket() && protocol.isPresent()) {
            List<Integer> wanted = ports(request);
            try (Upgraded runtime = connect(request, List.of(RUNTIME_PROTOCOL));
                    WebSocket client = exchange.upgrade(protocol.get())) {
                new PortChannels(client, protocol.get(), new SpdySession(runtime), wanted).run();
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
        } else {
            throw new Refused(
                    400,
                    "SPDY/3.1, or a WebSocket that speaks %s or %s is needed"
                            .formatted(TUNNEL, ChannelProtocol.V4.wire()));
        }
    }

    private Upgraded connect(RequestHead request, List<String> protocols) throws Refused {
        String sandbox = containers.sandbox(request.path().get(1), request.path().get(2));
        String url = containers.runtime().portForwardUrl(sandbox, List.of());
        try {
            return SpdyUpgrade.connect(dialer, url, protocols);
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
}
