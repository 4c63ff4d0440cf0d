package dev.gantry.state.kind.admissionregistration.policy;

import dev.gantry.model.kind.Kind;
import dev.gantry.state.definition.ResourceDefinition;
import java.util.List;

/** What the server knows of validatingadmissionpolicies. */
public final class ValidatingAdmissionPolicyKind {
    public static final Kind KIND =
            Kind.ofCluster(
                    "admissionregistration.k8s.io",
                    "v1",
                    "ValidatingAdmissionPolicy",
                    "validatingadmissionpolicies");

    private ValidatingAdmissionPolicyKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(KIND, new ValidatingPolicyStrategy(), PolicyColumns.VALIDATING)
                .named(List.of(), List.of("api-extensions"));
    }
}
