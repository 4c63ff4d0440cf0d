package dev.gantry.state.kind.core.resourcequota;

import dev.gantry.state.kind.core.pod.container.ResourceNames;
import dev.gantry.state.validation.Field;
import java.util.Set;

/** Names and amounts. Compat: {@code ValidateResourceQuotaSpec}. */
final class ResourceQuotaRules {
    private static final Set<String> STANDARD =
            Set.of(
                    "cpu",
                    "memory",
                    "ephemeral-storage",
                    "requests.cpu",
                    "requests.memory",
                    "requests.storage",
                    "requests.ephemeral-storage",
                    "limits.cpu",
                    "limits.memory",
                    "limits.ephemeral-storage",
                    "pods",
                    "resourcequotas",
                    "services",
                    "replicationcontrollers",
                    "secrets",
                    "persistentvolumeclaims",
                    "configmaps",
                    "services.nodeports",
                    "services.loadbalancers");

    private ResourceQuotaRules() {}

    static void amounts(Field amounts) {
        amounts.entries()
                .forEach(
                        (name, amount) -> {
                            ResourceNames.checkName(amount, name);
                            if (!name.contains("/") && !isStandard(name)) {
                                amount.invalidText(name, "must be a standard resource for quota");
                            }
                            ResourceNames.checkAmount(amount, name);
                        });
    }

    static boolean isStandard(String name) {
        return STANDARD.contains(name)
                || name.startsWith("hugepages-")
                || name.startsWith("requests.hugepages-");
    }
}
