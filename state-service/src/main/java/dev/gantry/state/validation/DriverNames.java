package dev.gantry.state.validation;

import java.util.Locale;

/** Names of storage and device drivers. Compat: {@code ValidateCSIDriverName}. */
public final class DriverNames {
    private static final int MOST_BYTES = 63;

    private DriverNames() {}

    public static void check(Field driver) {
        String name = driver.text();
        if (name.isEmpty()) {
            driver.required("");
            return;
        }
        if (name.length() > MOST_BYTES) {
            driver.tooLong(MOST_BYTES);
        }
        Names.dnsSubdomain(name.toLowerCase(Locale.ROOT))
                .forEach(each -> driver.invalidText(name, each));
    }
}
