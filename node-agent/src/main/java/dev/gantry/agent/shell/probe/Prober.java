package dev.gantry.agent.shell.probe;

import dev.gantry.agent.probe.ProbeOutcome;
import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.runtime.ExecResult;
import dev.gantry.agent.runtime.RuntimeFault;
import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Asks one question of one container. Compat: {@code pkg/probe} and its words. */
public final class Prober {
    private final ContainerRuntime runtime;
    private final HttpProbe http = new HttpProbe();
    private final GrpcProbe grpc = new GrpcProbe();
    private final ProbeMetrics metrics = new ProbeMetrics();

    public Prober(ContainerRuntime runtime) {
        this.runtime = runtime;
    }

    /** What the probes of all pods brought. */
    public ProbeMetrics metrics() {
        return metrics;
    }

    /** Whom to ask: a container and the address of its pod. */
    public record Target(ContainerSpec container, String containerId, String podIp) {}

    /**
     * @param action with one of {@code exec}, {@code httpGet}, {@code tcpSocket}, {@code grpc}
     */
    public ProbeOutcome ask(JsonNode action, Target target, Duration limit) {
        if (action.path("exec").isObject()) {
            return exec(action.path("exec"), target, limit);
        }
        if (action.path("httpGet").isObject()) {
            return http.ask(action.path("httpGet"), target, limit);
        }
        if (action.path("tcpSocket").isObject()) {
            return tcp(action.path("tcpSocket"), target, limit);
        }
        if (action.path("grpc").isObject()) {
            return grpc.ask(action.path("grpc"), target, limit);
        }
        return new ProbeOutcome(false, "missing probe handler");
    }

    /**
     * Runs a hook of a container, but for such that only sleep.
     *
     * <p>Compat: a connection to a socket is no hook.
     */
    public ProbeOutcome run(JsonNode hook, Target target, Duration limit) {
        if (hook.path("exec").isObject()) {
            return exec(hook.path("exec"), target, limit);
        }
        return hook.path("httpGet").isObject()
                ? http.call(hook.path("httpGet"), target, limit)
                : new ProbeOutcome(false, "invalid handler");
    }

    private ProbeOutcome exec(JsonNode exec, Target target, Duration limit) {
        List<String> command = new ArrayList<>();
        exec.path("command").forEach(each -> command.add(each.asString("")));
        try {
            ExecResult result = runtime.exec(target.containerId(), command, limit);
            return new ProbeOutcome(result.exitCode() == 0, result.output());
        } catch (RuntimeFault fault) {
            if (fault.kind() == RuntimeFault.Kind.DEADLINE) {
                return new ProbeOutcome(
                        false,
                        "command timed out: \"%s\" timed out after %ds"
                                .formatted(String.join(" ", command), limit.toSeconds()));
            }
            return new ProbeOutcome(false, fault.said());
        }
    }

    private static ProbeOutcome tcp(JsonNode socket, Target target, Duration limit) {
        String host = host(socket, target);
        int port = port(socket.path("port"), target.container());
        try (var connection = new Socket()) {
            connection.connect(new InetSocketAddress(host, port), (int) limit.toMillis());
            return new ProbeOutcome(true, "");
        } catch (IOException refused) {
            return new ProbeOutcome(false, words(refused, address(host, port)));
        }
    }

    /** Compat: what Go's client says when the port is closed, or no answer comes in time. */
    static String words(IOException fault, String address) {
        if (fault instanceof ConnectException) {
            return "dial tcp " + address + ": connect: connection refused";
        }
        if (fault instanceof InterruptedIOException) {
            return "context deadline exceeded (Client.Timeout exceeded while awaiting headers)";
        }
        return "dial tcp " + address + ": " + fault.getMessage();
    }

    static String host(JsonNode action, Target target) {
        String given = Resource.text(action, "host");
        return given.isEmpty() ? target.podIp() : given;
    }

    static String address(String host, int port) {
        return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }

    /** A number, or the name of one of the container's ports. Zero where there is none. */
    static int port(JsonNode port, ContainerSpec container) {
        if (port.isNumber()) {
            return port.asInt();
        }
        String name = port.asString("");
        for (JsonNode each : container.tree().path("ports")) {
            if (Resource.text(each, "name").equals(name)) {
                return each.path("containerPort").asInt(0);
            }
        }
        boolean isNumber = !name.isEmpty() && name.chars().allMatch(Character::isDigit);
        return isNumber ? Integer.parseInt(name) : 0;
    }
}
