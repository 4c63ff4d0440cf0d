package dev.gantry.state.kind.storage.driver;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import java.util.Locale;

/** Compat: {@code validateProvisioner} and {@code validateParameters}. */
public final class DriverFieldRules {
    private static final int MOST_PARAMETERS = 512;
    private static final int PARAMETER_BYTES = 256 << 10;

    private DriverFieldRules() {}

    public static void name(Field driver) {
        if (driver.isEmpty()) {
            driver.required("");
        } else {
            Names.qualified(driver.text().toLowerCase(Locale.ROOT))
                    .forEach(each -> driver.invalidText(driver.text(), each));
        }
    }

    public static void parameters(Field parameters) {
        if (parameters.entries().size() > MOST_PARAMETERS) {
            parameters.tooLong(MOST_PARAMETERS);
            return;
        }
        int total = 0;
        for (var each : parameters.entries().entrySet()) {
            if (each.getKey().isEmpty()) {
                parameters.invalidText("", "field can not be empty.");
            }
            total += Names.bytes(each.getKey()) + Names.bytes(each.getValue().text());
        }
        if (total > PARAMETER_BYTES) {
            parameters.tooLong(PARAMETER_BYTES);
        }
    }
}
