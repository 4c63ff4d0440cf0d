package dev.gantry.expression;

import dev.cel.runtime.CelEvaluationException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A CEL expression about a device.
 *
 * <p>Compat: dynamic-resource-allocation's {@code cel.Compile}: the one variable is {@code device},
 * with driver, attributes, capacity and allowMultipleAllocations. An expression is stopped at
 * upstream's cost.
 */
public sealed interface DeviceExpression {
    /** The one variable. */
    String DEVICE = "device";

    /** One that can be asked. */
    record Sound(CelExpression.Sound expression) implements DeviceExpression {
        /** What that costs at most, whatever the device. */
        public long worstCost() {
            return expression.worstCost();
        }

        /** Whether it might be stopped before it answers; such a one is not to be stored. */
        public boolean isTooComplex() {
            return worstCost() > CelBudget.ONE;
        }

        /**
         * @throws CelEvaluationException where the expression fails, or costs too much
         */
        public Object ask(Object device) throws CelEvaluationException {
            return expression.ask(Map.of(DEVICE, device), CelBudget.ofOne());
        }
    }

    /**
     * @param why upstream's words
     */
    record Wrong(String why) implements DeviceExpression {}

    /** May be called by several threads. */
    static DeviceExpression compile(String text) {
        return switch (Devices.ENVIRONMENT.compile(text)) {
            case CelExpression.Wrong(var why) -> new Wrong("compilation failed: " + why);
            case CelExpression.Sound sound ->
                    sound.isCondition() || sound.isOfAnyType()
                            ? new Sound(sound)
                            : new Wrong(
                                    "must evaluate to bool or the unknown type, not "
                                            + sound.result().name());
        };
    }

    /** Made when it is used first. */
    final class Devices {
        private static final CelEnvironment ENVIRONMENT =
                CelEnvironment.of(new TreeMap<>(Map.of(DEVICE, form())));

        /** Of a driver or a domain. */
        private static final int LONGEST_DOMAIN = 63;

        private static final int LONGEST_IDENTIFIER = 32;
        private static final int LONGEST_TEXT = 64;
        private static final int MOST_ENTRIES = 32;

        private Devices() {}

        private static CelForm form() {
            SortedMap<String, CelForm> fields = new TreeMap<>();
            fields.put("driver", CelForm.text(LONGEST_DOMAIN));
            fields.put("attributes", domains(CelForm.anything(LONGEST_TEXT)));
            fields.put("capacity", domains(CelForm.QUANTITY));
            fields.put("allowMultipleAllocations", CelForm.TRUTH);
            return CelForm.struct("kubernetes.DRADevice", fields);
        }

        /** Compat: the limits of ResourceSlices. */
        private static CelForm domains(CelForm values) {
            return CelForm.map(
                    LONGEST_DOMAIN,
                    CelForm.map(LONGEST_IDENTIFIER, values, MOST_ENTRIES),
                    MOST_ENTRIES);
        }
    }
}
