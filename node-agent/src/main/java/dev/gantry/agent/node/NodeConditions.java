package dev.gantry.agent.node;

import dev.gantry.agent.runtime.RuntimeHealth;
import dev.gantry.model.condition.Conditions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A node's own view of its conditions.
 *
 * <p>Compat: types, reasons and messages of {@code pkg/kubelet/nodestatus/setters.go}.
 */
public final class NodeConditions {
    private NodeConditions() {}

    /** What there is too little of. */
    public record Pressure(boolean onMemory, boolean onDisk, boolean onPids) {
        public static final Pressure NONE = new Pressure(false, false, false);
    }

    public static ArrayNode of(RuntimeHealth health, Pressure pressure, Instant now) {
        ArrayNode made = JsonNodeFactory.instance.arrayNode();
        add(made, now, pressure.onMemory(), "Memory", "memory available");
        add(made, now, pressure.onDisk(), "Disk", "disk pressure");
        add(made, now, pressure.onPids(), "PID", "PID available");
        List<String> problems = problems(health);
        boolean isReady = problems.isEmpty();
        ObjectNode ready = made.addObject().put("type", "Ready");
        ready.put("status", isReady ? "True" : "False");
        ready.put("lastHeartbeatTime", Conditions.timestamp(now));
        ready.put("reason", isReady ? "KubeletReady" : "KubeletNotReady");
        ready.put("message", isReady ? "kubelet is posting ready status" : words(problems));
        return made;
    }

    private static void add(
            ArrayNode made, Instant now, boolean isPressed, String what, String words) {
        boolean isDisk = what.equals("Disk");
        String fine = isDisk ? "kubelet has no " + words : "kubelet has sufficient " + words;
        String scarce = isDisk ? "kubelet has " + words : "kubelet has insufficient " + words;
        String enough = isDisk ? "KubeletHasNoDiskPressure" : "KubeletHasSufficient" + what;
        String tooLittle = isDisk ? "KubeletHasDiskPressure" : "KubeletHasInsufficient" + what;
        made.addObject()
                .put("type", what + "Pressure")
                .put("status", isPressed ? "True" : "False")
                .put("lastHeartbeatTime", Conditions.timestamp(now))
                .put("reason", isPressed ? tooLittle : enough)
                .put("message", isPressed ? scarce : fine);
    }

    private static List<String> problems(RuntimeHealth health) {
        List<String> found = new ArrayList<>();
        health.runtimeProblem()
                .ifPresent(each -> found.add("container runtime not ready: " + each));
        networkProblem(health).ifPresent(found::add);
        return found;
    }

    /** Why pods that want a network of their own have to wait, as the node's condition says it. */
    public static Optional<String> networkProblem(RuntimeHealth health) {
        return health.networkProblem().map(each -> "container runtime network not ready: " + each);
    }

    /** Compat: as Go prints an aggregate of errors. */
    private static String words(List<String> problems) {
        return problems.size() == 1 ? problems.getFirst() : "[" + String.join(", ", problems) + "]";
    }
}
