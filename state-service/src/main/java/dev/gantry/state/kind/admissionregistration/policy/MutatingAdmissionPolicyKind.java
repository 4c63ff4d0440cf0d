package dev.gantry.state.kind.admissionregistration.policy;

import dev.gantry.model.kind.Kind;
import dev.gantry.state.definition.ResourceDefinition;
import java.util.List;

/** What the server knows of mutatingadmissionpolicies. */
public final class MutatingAdmissionPolicyKind {
    public static final Kind KIND =
            Kind.ofCluster(
                    "admissionregistration.k8s.io",
                    "v1",
                    "MutatingAdmissionPolicy",
                    "mutatingadmissionpolicies");

    private MutatingAdmissionPolicyKind() {}

    public static ResourceDefinition definition() {
        return ResourceDefinition.of(KIND, new MutatingPolicyStrategy(), PolicyColumns.MUTATING)
                .named(List.of(), List.of("api-extensions"));
    }
}
