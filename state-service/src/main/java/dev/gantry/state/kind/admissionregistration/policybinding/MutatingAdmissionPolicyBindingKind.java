package dev.gantry.state.kind.admissionregistration.policybinding;

import dev.gantry.model.kind.Kind;
import dev.gantry.state.definition.ResourceDefinition;
import java.util.List;

/** What the server knows of mutatingadmissionpolicybindings. */
public final class MutatingAdmissionPolicyBindingKind {
    public static final Kind KIND =
            Kind.ofCluster(
                    "admissionregistration.k8s.io",
                    "v1",
                    "MutatingAdmissionPolicyBinding",
                    "mutatingadmissionpolicybindings");

    private MutatingAdmissionPolicyBindingKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                        KIND, PolicyBindingStrategy.MUTATING, PolicyBindingStrategy.PRINTER)
                .named(List.of(), List.of("api-extensions"));
    }
}
