package dev.gantry.agent.shell.http;

import dev.gantry.agent.stream.RequestHead;
import dev.gantry.client.shell.metrics.Counters;
import java.util.List;
import java.util.Set;

/**
 * Which requests the agent was asked.
 *
 * <p>Compat: {@code kubelet_http_requests_total} with its labels. A path that is none of the
 * kubelet's is told as empty, and so is a method that is none of HTTP's: clients invent as many as
 * they like.
 */
final class RequestCounts {
    private static final Set<String> KNOWN =
            Set.of(
                    "attach",
                    "containerLogs",
                    "exec",
                    "flagz",
                    "healthz",
                    "metrics",
                    "metrics/cadvisor",
                    "metrics/probes",
                    "metrics/resource",
                    "pods",
                    "portForward",
                    "stats",
                    "statusz");
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Set<String> LONG = Set.of("attach", "exec", "portForward");

    private final Counters requests =
            new Counters(
                    "kubelet_http_requests_total",
                    "Requests to this node.",
                    "long_running",
                    "method",
                    "path",
                    "server_type");

    void add(String method, RequestHead request) {
        String path = root(request.path());
        requests.add(
                Boolean.toString(LONG.contains(path)),
                METHODS.contains(method) ? method : "",
                KNOWN.contains(path) ? path : "",
                "readwrite");
    }

    void append(StringBuilder text) {
        requests.append(text);
    }

    private static String root(List<String> path) {
        if (path.isEmpty()) {
            return "";
        }
        boolean isOfTwo = path.getFirst().equals("metrics") && path.size() > 1;
        return isOfTwo ? path.get(0) + "/" + path.get(1) : path.getFirst();
    }
}
