package dev.gantry.agent.shell.http;

import dev.gantry.agent.stream.RequestHead;
import dev.gantry.client.shell.management.ZPages;
import dev.gantry.client.zpage.ZPage;
import dev.gantry.model.storage.LocalStorage;
import java.io.IOException;
import java.util.List;

/** Which part of the agent answers a request. Compat: the kubelet's paths. */
final class Routes {
    private static final String JSON = "application/json";
    private static final List<String> PATHS =
            List.of(
                    "/attach",
                    "/containerLogs",
                    "/exec",
                    "/flagz",
                    "/healthz",
                    "/metrics",
                    "/pods",
                    "/portForward",
                    "/stats",
                    "/statusz");

    private final LogRoute logs;
    private final StreamRoute streams;
    private final PortForwardRoute ports;
    private final NodeRoute node;
    private final LocalVolumeRoute volumes;
    private final MetricsRoute metrics;
    private final ZPages pages;

    Routes(String node, AgentServer.Sources sources) {
        var containers = new PodContainers(sources.pods(), sources.runtime());
        this.logs = new LogRoute(containers);
        this.streams = new StreamRoute(containers, sources.dialer());
        this.ports = new PortForwardRoute(containers, sources.dialer());
        this.node = new NodeRoute(node, containers);
        this.volumes = new LocalVolumeRoute(sources.volumes());
        this.metrics = new MetricsRoute(node, containers, this.node, sources.metrics());
        this.pages = new ZPages("kubelet", () -> PATHS, sources::settings);
    }

    /** Whether the request is answered to everybody. */
    static boolean isForEverybody(RequestHead request) {
        return first(request).equals("healthz");
    }

    /** For clients that may ask this. */
    void serve(Exchange exchange, RequestHead request) throws IOException, Refused {
        String first = first(request);
        metrics.requests().add(exchange.method(), request);
        if (!isOfAnyLength(first) && request.path().size() != segments(first)) {
            throw new Refused(404, "404 page not found");
        }
        switch (first) {
            case "healthz" -> exchange.reply(200, "ok");
            case "containerLogs" -> logs.serve(exchange, request);
            case "exec", "attach" -> streams.serve(exchange, request);
            case "portForward" -> ports.serve(exchange, request);
            case "pods" -> exchange.reply(200, JSON, node.pods());
            case "stats" -> exchange.reply(200, JSON, node.summary());
            case "metrics" -> metrics.serve(exchange, request);
            case "statusz", "flagz" -> page(exchange, "/" + first);
            case LocalStorage.AGENT_PATH -> volumes.serve(exchange, request);
            default -> throw new Refused(404, "404 page not found");
        }
    }

    private void page(Exchange exchange, String path) throws IOException, Refused {
        switch (pages.at(path).orElseThrow().answer(exchange.header("Accept"))) {
            case ZPage.Answer.Page(var type, var body) -> exchange.reply(200, type, body);
            case ZPage.Answer.NotAcceptable(var why) -> throw new Refused(406, why);
        }
    }

    private static String first(RequestHead request) {
        return request.path().isEmpty() ? "" : request.path().getFirst();
    }

    private static boolean isOfAnyLength(String first) {
        return first.equals("healthz") || first.equals("metrics");
    }

    private static int segments(String first) {
        return switch (first) {
            case "containerLogs", "exec", "attach" -> 4;
            case "portForward" -> 3;
            case "stats", LocalStorage.AGENT_PATH -> 2;
            default -> 1;
        };
    }
}
