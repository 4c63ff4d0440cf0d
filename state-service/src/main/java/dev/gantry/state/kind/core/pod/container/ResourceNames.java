package dev.gantry.state.kind.core.pod.container;

import dev.gantry.model.quantity.Quantity;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.Names;
import dev.gantry.state.validation.Rules;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Names of resources, and which amounts suit them. Compat: {@code pkg/apis/core/helper}. */
public final class ResourceNames {
    private static final String HUGE_PAGES = "hugepages-";
    private static final Set<String> OF_CONTAINERS = Set.of("cpu", "memory", "ephemeral-storage");
    private static final Set<String> STANDARD =
            Set.of(
                    "cpu",
                    "memory",
                    "ephemeral-storage",
                    "storage",
                    "requests.cpu",
                    "requests.memory",
                    "requests.ephemeral-storage",
                    "requests.storage",
                    "limits.cpu",
                    "limits.memory",
                    "limits.ephemeral-storage",
                    "pods",
                    "resourcequotas",
                    "services",
                    "replicationcontrollers",
                    "secrets",
                    "configmaps",
                    "persistentvolumeclaims",
                    "services.nodeports",
                    "services.loadbalancers");
    private static final Set<String> COUNTED =
            Set.of(
                    "pods",
                    "resourcequotas",
                    "services",
                    "replicationcontrollers",
                    "secrets",
                    "configmaps",
                    "persistentvolumeclaims",
                    "services.nodeports",
                    "services.loadbalancers");

    private ResourceNames() {}

    /** Reports at {@code amount}; true where the name itself is well formed. */
    public static boolean checkName(Field amount, String name) {
        List<String> against = Names.qualified(name);
        against.forEach(each -> amount.invalidText(name, each));
        if (!against.isEmpty()) {
            return false;
        }
        boolean isKnown =
                name.contains("/")
                        || STANDARD.contains(name)
                        || isHugePages(name)
                        || name.startsWith("requests." + HUGE_PAGES);
        if (!isKnown) {
            amount.invalidText(name, "must be a standard resource type or fully qualified");
        }
        return isKnown;
    }

    public static void checkContainerName(Field amount, String name) {
        checkName(amount, name);
        if (!name.contains("/")) {
            if (!OF_CONTAINERS.contains(name) && !isHugePages(name)) {
                amount.invalidText(name, "must be a standard resource for containers");
            }
        } else if (!isNative(name) && !isExtended(name)) {
            amount.invalidText(name, "doesn't follow extended resource name standard");
        }
    }

    /** Not negative, and whole where the resource is counted. */
    public static void checkAmount(Field amount, String name) {
        Optional<Quantity> parsed = amount.quantity();
        if (parsed.isEmpty()) {
            amount.invalid(
                    "quantities must match the regular expression"
                            + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
            return;
        }
        if (parsed.get().signum() < 0) {
            amount.invalidText(parsed.get().toString(), Rules.NEGATIVE);
        }
        boolean isCounted = COUNTED.contains(name) || isExtended(name);
        if (isCounted && parsed.get().value().stripTrailingZeros().scale() > 0) {
            amount.invalidText(parsed.get().toString(), Rules.NOT_AN_INTEGER);
        }
    }

    static boolean isHugePages(String name) {
        return name.startsWith(HUGE_PAGES);
    }

    /** Whether the amount is a whole number of the pages that the name speaks of. */
    static boolean isWholePages(String name, Quantity amount) {
        Optional<Quantity> page = Quantity.parse(name.substring(HUGE_PAGES.length()));
        if (page.isEmpty() || page.get().signum() <= 0) {
            return false;
        }
        return amount.signum() >= 0
                && amount.value().remainder(page.get().value()).compareTo(BigDecimal.ZERO) == 0;
    }

    public static boolean allowsOvercommit(String name) {
        return isNative(name) && !isHugePages(name);
    }

    private static boolean isNative(String name) {
        return !name.contains("/") || name.contains("kubernetes.io/");
    }

    /** {@code example.com/gpu}: neither native nor a quota's. */
    public static boolean isExtended(String name) {
        return !isNative(name)
                && !name.startsWith("requests.")
                && Names.qualified("requests." + name).isEmpty();
    }
}
