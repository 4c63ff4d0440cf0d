package dev.gantry.state.strategy.csi;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.strategy.Trees;
import dev.gantry.state.validation.DriverNames;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.LabelRules;
import dev.gantry.state.validation.Rules;
import dev.gantry.state.validation.Sameness;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code ValidateCSINode}. */
final class CsiNodeRules {
    private static final int MOST_ID_CHARACTERS = 192;

    private CsiNodeRules() {}

    static void check(Field drivers) {
        Set<String> names = new TreeSet<>();
        for (Field driver : drivers.items()) {
            Field name = driver.child("name");
            DriverNames.check(name);
            if (!names.add(name.text())) {
                name.duplicate();
            }
            id(driver.child("nodeID"));
            Field count = driver.child("allocatable", "count");
            if (count.number() < 0) {
                count.invalid(Rules.NEGATIVE);
            }
            topology(driver.child("topologyKeys"));
        }
    }

    private static void id(Field id) {
        if (id.isEmpty()) {
            id.required("");
        } else if (id.text().length() > MOST_ID_CHARACTERS) {
            id.invalid("must be %d characters or less".formatted(MOST_ID_CHARACTERS));
        }
    }

    private static void topology(Field keys) {
        Set<String> seen = new TreeSet<>();
        for (Field key : keys.items()) {
            if (key.isEmpty()) {
                key.required("");
            } else {
                LabelRules.labelKey(key, key.text());
            }
            if (!seen.add(key.text())) {
                key.duplicate();
            }
        }
    }

    /** Compat: a driver's entry stays as it is, but for how many volumes it can attach. */
    static void unchanged(Field drivers, JsonNode before) {
        for (JsonNode old : before) {
            for (Field driver : drivers.items()) {
                boolean isSame =
                        driver.text("name").equals(Resource.text(old, "name"))
                                && !Sameness.same(identity(driver.value()), identity(old));
                if (isSame) {
                    driver.at("CSINodeDriver").invalid(Rules.IMMUTABLE);
                }
            }
        }
    }

    private static JsonNode identity(JsonNode driver) {
        return driver instanceof ObjectNode object
                ? Trees.without(object, Set.of("allocatable"))
                : driver;
    }
}
