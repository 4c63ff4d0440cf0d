package dev.gantry.state.admission.match;

import dev.gantry.model.meta.GroupResource;
import java.util.Set;

/**
 * What is never shown to webhooks and policies, or a bad one could not be taken away. Compat:
 * {@code IsExemptAdmissionConfigurationResource}.
 */
public final class ConfiguresAdmission {
    private static final Set<String> PLURALS =
            Set.of(
                    "mutatingwebhookconfigurations",
                    "validatingwebhookconfigurations",
                    "validatingadmissionpolicies",
                    "validatingadmissionpolicybindings",
                    "mutatingadmissionpolicies",
                    "mutatingadmissionpolicybindings");

    private ConfiguresAdmission() {}

    public static boolean test(GroupResource resource) {
        return resource.group().equals("admissionregistration.k8s.io")
                && PLURALS.contains(resource.plural());
    }
}
