package dev.gantry.agent.node;

import dev.gantry.agent.runtime.RuntimeHealth;
import dev.gantry.model.condition.Conditions;
import java.time.Instant;
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
        boolean isReady = health.isReady() && health.isNetworkReady();
        ObjectNode ready = made.addObject().put("type", "Ready");
        ready.put("status", isReady ? "True" : "False");
        ready.put("lastHeartbeatTime", Conditions.timestamp(now));
        ready.put("reason", isReady ? "KubeletReady" : "KubeletNotReady");
        ready.put("message", isReady ? "kubelet is posting ready status" : problem(health));
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

    private static String problem(RuntimeHealth health) {
        return health.isReady()
                ? "container runtime network not ready: " + health.networkMessage()
                : "container runtime not ready: " + health.message();
    }
}
