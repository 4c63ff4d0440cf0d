package dev.gantry.state.kind.flowcontrol.prioritylevelconfiguration;

import dev.gantry.model.flowcontrol.BootstrapFlowControl;
import dev.gantry.model.flowcontrol.BootstrapLevels;
import dev.gantry.state.strategy.Trees;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoStruct;
import dev.gantry.state.validation.Sameness;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The two levels that every cluster has, as they must be; what the exempt one lends may change. */
final class MandatoryLevels {
    static final String EXEMPT = BootstrapFlowControl.EXEMPT;
    private static final List<String> NAMES = List.of(EXEMPT, BootstrapFlowControl.CATCH_ALL);

    private MandatoryLevels() {}

    static void check(String name, Field spec) {
        if (!(spec.value() instanceof ObjectNode value)) {
            return;
        }
        boolean isExempt = name.equals(EXEMPT);
        JsonNode fixed = isExempt ? Trees.without(value, Set.of("exempt")) : value;
        if (NAMES.contains(name) && !Sameness.same(fixed, specOf(name))) {
            spec.invalidAs(
                    printed(value),
                    isExempt
                            ? "spec of 'exempt' except the 'spec.exempt' field must equal the fixed"
                                    + " value"
                            : "spec of 'catch-all' must equal the fixed value");
        }
    }

    private static ObjectNode specOf(String name) {
        return name.equals(EXEMPT)
                ? Trees.without(BootstrapLevels.exempt(), Set.of(EXEMPT))
                : BootstrapLevels.catchAll();
    }

    private static String printed(JsonNode spec) {
        return new GoStruct(spec)
                .text("Type", "type")
                .put("Limited", limited(spec.path("limited")))
                .put("Exempt", exempt(spec.path("exempt")))
                .toString();
    }

    private static String limited(JsonNode limited) {
        if (!limited.isObject()) {
            return "null";
        }
        JsonNode response = limited.path("limitResponse");
        JsonNode queuing = response.path("queuing");
        String queues =
                queuing.isObject()
                        ? new GoStruct(queuing)
                                .number("Queues", "queues")
                                .number("HandSize", "handSize")
                                .number("QueueLengthLimit", "queueLengthLimit")
                                .toString()
                        : "null";
        return new GoStruct(limited)
                .number("NominalConcurrencyShares", "nominalConcurrencyShares")
                .put(
                        "LimitResponse",
                        new GoStruct(response)
                                .text("Type", "type")
                                .put("Queuing", queues)
                                .toString())
                .value("LendablePercent", "lendablePercent")
                .value("BorrowingLimitPercent", "borrowingLimitPercent")
                .toString();
    }

    private static String exempt(JsonNode exempt) {
        return exempt.isObject()
                ? new GoStruct(exempt)
                        .value("NominalConcurrencyShares", "nominalConcurrencyShares")
                        .value("LendablePercent", "lendablePercent")
                        .toString()
                : "null";
    }
}
