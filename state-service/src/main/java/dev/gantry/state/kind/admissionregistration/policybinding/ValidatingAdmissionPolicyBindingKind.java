package dev.gantry.state.kind.admissionregistration.policybinding;

import dev.gantry.model.kind.Kind;
import dev.gantry.state.definition.ResourceDefinition;
import java.util.List;

/** What the server knows of validatingadmissionpolicybindings. */
public final class ValidatingAdmissionPolicyBindingKind {
    public static final Kind KIND =
            Kind.ofCluster(
                    "admissionregistration.k8s.io",
                    "v1",
                    "ValidatingAdmissionPolicyBinding",
                    "validatingadmissionpolicybindings");

    private ValidatingAdmissionPolicyBindingKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(
                        KIND, PolicyBindingStrategy.VALIDATING, PolicyBindingStrategy.PRINTER)
                .named(List.of(), List.of("api-extensions"));
    }
}
