package dev.gantry.state.kind.resource.device;

import dev.gantry.state.validation.DriverNames;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.KeyNames;
import dev.gantry.state.validation.Names;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** The names that devices, pools, requests and attributes may have. */
public final class DeviceNames {
    private static final int POOL_BYTES = 253;
    private static final int IDENTIFIER_BYTES = 32;

    private DeviceNames() {}

    /** Of a device, a request, a set of counters or a counter. */
    public static void label(Field name) {
        Names.dnsLabel(name.text()).forEach(each -> name.invalidText(name.text(), each));
    }

    public static void subdomain(Field name) {
        Names.dnsSubdomain(name.text()).forEach(each -> name.invalidText(name.text(), each));
    }

    public static void requiredSubdomain(Field name) {
        if (name.isEmpty()) {
            name.required("");
        } else {
            subdomain(name);
        }
    }

    /** Subdomains, joined by slashes. */
    public static void pool(Field name) {
        if (name.isEmpty()) {
            name.required("");
            return;
        }
        if (name.text().length() > POOL_BYTES) {
            name.tooLong(POOL_BYTES);
        }
        for (String part : name.text().split("/", -1)) {
            Names.dnsSubdomain(part).forEach(each -> name.invalidText(part, each));
        }
    }

    /**
     * {@code model} or {@code example.com/model}; errors are reported at {@code at}.
     *
     * <p>Compat: of a name with more slashes nothing is said.
     */
    public static void qualified(Field at, String name) {
        String[] parts = name.split("/", -1);
        if (parts.length == 1) {
            identifier(at, name);
            return;
        }
        if (parts.length > 2) {
            return;
        }
        if (parts[0].isEmpty()) {
            at.invalidText("", "the domain must not be empty");
        } else {
            DriverNames.check(at.with(text(parts[0])));
        }
        if (parts[1].isEmpty()) {
            at.invalidText("", "the name must not be empty");
        } else {
            identifier(at, parts[1]);
        }
    }

    public static void fullyQualified(Field name) {
        qualified(name, name.text());
        if (!name.text().contains("/")) {
            name.invalid("a fully qualified name must be a domain and a name separated by a slash");
        }
    }

    private static void identifier(Field at, String name) {
        if (name.length() > IDENTIFIER_BYTES) {
            at.tooLong(IDENTIFIER_BYTES);
        }
        KeyNames.identifier(name).forEach(each -> at.invalidText(name, each));
    }

    private static JsonNode text(String text) {
        return StringNode.valueOf(text);
    }

    /** False, and an error, where the list is longer than allowed: its items are not looked at. */
    public static boolean isShortEnough(Field list, int most) {
        int size = list.value().size();
        if (size > most) {
            list.tooMany(size, most);
        }
        return size <= most;
    }

    /** Reports the items whose key was there before. */
    public static void eachOnce(List<Field> items, Function<Field, String> key) {
        Set<String> seen = new TreeSet<>();
        for (Field item : items) {
            if (!seen.add(key.apply(item))) {
                item.duplicateText(key.apply(item));
            }
        }
    }
}
