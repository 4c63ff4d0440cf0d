package dev.gantry.model.flowcontrol;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the levels of every cluster say, by name.
 *
 * <p>Compat: names and numbers of {@code apiserver/pkg/apis/flowcontrol/bootstrap}.
 */
public final class BootstrapLevels {
    private static final int CATCH_ALL_SHARES = 5;

    private BootstrapLevels() {}

    static Map<String, ObjectNode> specs() {
        Map<String, ObjectNode> specs = new LinkedHashMap<>();
        specs.put(BootstrapFlowControl.EXEMPT, exempt());
        specs.put(BootstrapFlowControl.CATCH_ALL, catchAll());
        specs.put("system", queuing(30, 33, 64, 6));
        specs.put("node-high", queuing(40, 25, 64, 6));
        specs.put("leader-election", queuing(10, 0, 16, 4));
        specs.put("workload-high", queuing(40, 50, 128, 6));
        specs.put("workload-low", queuing(100, 90, 128, 6));
        specs.put("global-default", queuing(20, 50, 128, 6));
        return specs;
    }

    public static ObjectNode exempt() {
        ObjectNode spec = JsonNodeFactory.instance.objectNode().put("type", "Exempt");
        spec.putObject("exempt").put("nominalConcurrencyShares", 0).put("lendablePercent", 0);
        return spec;
    }

    public static ObjectNode catchAll() {
        ObjectNode spec = limited(CATCH_ALL_SHARES, 0);
        ((ObjectNode) spec.path("limited")).putObject("limitResponse").put("type", "Reject");
        return spec;
    }

    private static ObjectNode queuing(int shares, int lendablePercent, int queues, int handSize) {
        ObjectNode spec = limited(shares, lendablePercent);
        ((ObjectNode) spec.path("limited"))
                .putObject("limitResponse")
                .put("type", "Queue")
                .putObject("queuing")
                .put("queues", queues)
                .put("handSize", handSize)
                .put("queueLengthLimit", 50);
        return spec;
    }

    private static ObjectNode limited(int shares, int lendablePercent) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode().put("type", "Limited");
        spec.putObject("limited")
                .put("nominalConcurrencyShares", shares)
                .put("lendablePercent", lendablePercent);
        return spec;
    }
}
