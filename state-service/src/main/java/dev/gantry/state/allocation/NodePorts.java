package dev.gantry.state.allocation;

import static dev.gantry.model.meta.Resource.text;

import dev.gantry.model.refusal.FieldError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Grants node ports to one Service. Holds what it has granted so far; used once. */
final class NodePorts {
    private final PortRange range;
    private final Taken taken;
    private final Set<String> granted = new TreeSet<>();
    private final Map<Long, Integer> byPort = new HashMap<>();
    private long seed;

    NodePorts(PortRange range, Taken taken, long seed) {
        this.range = range;
        this.taken = taken;
        this.seed = seed;
    }

    void allocate(ObjectNode spec, List<FieldError> errors) {
        if (needsPorts(spec)) {
            allocatePorts(spec, errors);
        }
        allocateHealthCheck(spec, errors);
    }

    private void allocatePorts(ObjectNode spec, List<FieldError> errors) {
        int index = 0;
        for (JsonNode port : spec.path("ports")) {
            if (port.path("nodePort").asLong(0) != 0) {
                takeRequested(port, "spec.ports[" + index + "].nodePort", errors);
            }
            index++;
        }
        index = 0;
        for (JsonNode port : spec.path("ports")) {
            if (port.path("nodePort").asLong(0) == 0 && port instanceof ObjectNode target) {
                takeFree(target, "spec.ports[" + index + "].nodePort", errors);
            }
            index++;
        }
    }

    private static boolean needsPorts(ObjectNode spec) {
        return switch (text(spec, "type")) {
            case "NodePort" -> true;
            case "LoadBalancer" -> spec.path("allocateLoadBalancerNodePorts").asBoolean(true);
            default -> false;
        };
    }

    private void takeRequested(JsonNode port, String field, List<FieldError> errors) {
        long wanted = port.path("nodePort").asLong(0);
        String key = Holdings.portKey(wanted, Holdings.protocolOf(port));
        if (!range.contains(wanted)) {
            errors.add(
                    FieldError.invalid(
                            field,
                            Long.toString(wanted),
                            "provided port is not in the valid range. The range of valid ports is "
                                    + range));
        } else if (taken.hasPort(key) || !granted.add(key)) {
            errors.add(
                    FieldError.invalid(
                            field, Long.toString(wanted), "provided port is already allocated"));
        } else {
            byPort.put(port.path("port").asLong(0), (int) wanted);
        }
    }

    /** Compat: the same port over another protocol gets the same node port, where it is free. */
    private void takeFree(ObjectNode port, String field, List<FieldError> errors) {
        String protocol = Holdings.protocolOf(port);
        Integer sibling = byPort.get(port.path("port").asLong(0));
        if (sibling != null && granted.add(Holdings.portKey(sibling, protocol))) {
            port.put("nodePort", sibling);
            return;
        }
        OptionalInt free = range.free(this::isTakenByAny, seed++);
        if (free.isEmpty()) {
            errors.add(
                    new FieldError(
                            FieldError.Type.INTERNAL,
                            field,
                            "failed to allocate a nodePort: range is full"));
            return;
        }
        granted.add(Holdings.portKey(free.getAsInt(), protocol));
        byPort.put(port.path("port").asLong(0), free.getAsInt());
        port.put("nodePort", free.getAsInt());
    }

    private void allocateHealthCheck(ObjectNode spec, List<FieldError> errors) {
        boolean isNeeded =
                text(spec, "type").equals("LoadBalancer")
                        && text(spec, "externalTrafficPolicy").equals("Local")
                        && spec.path("healthCheckNodePort").asLong(0) == 0;
        if (!isNeeded) {
            return;
        }
        OptionalInt free = range.free(this::isTakenByAny, seed++);
        if (free.isEmpty()) {
            errors.add(
                    new FieldError(
                            FieldError.Type.INTERNAL,
                            "spec.healthCheckNodePort",
                            "failed to allocate a nodePort: range is full"));
        } else {
            spec.put("healthCheckNodePort", free.getAsInt());
        }
    }

    private boolean isTakenByAny(int port) {
        for (String protocol : List.of("TCP", "UDP", "SCTP", "")) {
            String key = Holdings.portKey(port, protocol);
            if (taken.hasPort(key) || granted.contains(key)) {
                return true;
            }
        }
        return false;
    }
}
