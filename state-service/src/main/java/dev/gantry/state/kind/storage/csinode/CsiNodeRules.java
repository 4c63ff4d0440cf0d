package dev.gantry.state.kind.storage.csinode;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.strategy.Trees;
import dev.gantry.state.validation.DriverNames;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import dev.gantry.state.validation.Rules;
import dev.gantry.state.validation.Sameness;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compat: {@code ValidateCSINode}. */
final class CsiNodeRules {
    private static final int MOST_ID_CHARACTERS = 256;

    private CsiNodeRules() {}

    static void check(Field drivers) {
        Set<String> names = new TreeSet<>();
        for (Field driver : drivers.items()) {
            Field name = driver.child("name");
            DriverNames.check(name);
            id(driver.child("nodeID"));
            driver.child("allocatable", "count").nonNegative();
            if (!names.add(name.text())) {
                name.duplicate();
            }
            topology(driver);
        }
    }

    private static void id(Field id) {
        if (id.isEmpty()) {
            id.required("");
        } else if (id.text().length() > MOST_ID_CHARACTERS) {
            id.invalid("must be %d characters or less".formatted(MOST_ID_CHARACTERS));
        }
    }

    /** Compat: what is wrong with a key is reported at its driver. */
    private static void topology(Field driver) {
        Set<String> seen = new TreeSet<>();
        for (String key : driver.child("topologyKeys").texts()) {
            if (key.isEmpty()) {
                driver.required("");
            }
            if (!seen.add(key)) {
                driver.duplicateText(key);
            }
            Names.qualified(key).forEach(each -> driver.invalidText(key, each));
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
                    driver.at(drivers.path()).invalid(identity(driver.value()), Rules.IMMUTABLE);
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
