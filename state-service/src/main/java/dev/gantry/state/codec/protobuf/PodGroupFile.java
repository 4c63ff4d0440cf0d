package dev.gantry.state.codec.protobuf;

import static dev.gantry.state.codec.protobuf.FileBuilder.meta;
import static dev.gantry.state.codec.protobuf.FileBuilder.number;
import static dev.gantry.state.codec.protobuf.FileBuilder.repeated;
import static dev.gantry.state.codec.protobuf.FileBuilder.text;

import com.google.protobuf.Descriptors.FileDescriptor;

/**
 * The messages of {@code scheduling.k8s.io/v1alpha2}.
 *
 * <p>Compat: names and numbers of {@code k8s.io/api/scheduling/v1alpha2}.
 */
final class PodGroupFile {
    static final FileDescriptor DESCRIPTOR = build();

    private PodGroupFile() {}

    private static FileDescriptor build() {
        var file = new FileBuilder("podgroup.proto", "k8s.io.api.scheduling.v1alpha2");
        workloads(file);
        groups(file);
        policies(file);
        return file.build();
    }

    private static void workloads(FileBuilder file) {
        file.object("Workload", file.own(2, "spec", "WorkloadSpec"))
                .message(
                        "WorkloadSpec",
                        file.own(1, "controllerRef", "TypedLocalObjectReference"),
                        repeated(file.own(2, "podGroupTemplates", "PodGroupTemplate")))
                .message(
                        "TypedLocalObjectReference",
                        text(1, "apiGroup"),
                        text(2, "kind"),
                        text(3, "name"))
                .message(
                        "PodGroupTemplate",
                        text(1, "name"),
                        file.own(2, "schedulingPolicy", "PodGroupSchedulingPolicy"),
                        file.own(3, "schedulingConstraints", "PodGroupSchedulingConstraints"),
                        repeated(file.own(4, "resourceClaims", "PodGroupResourceClaim")),
                        text(5, "disruptionMode"),
                        text(6, "priorityClassName"),
                        number(7, "priority"));
    }

    private static void groups(FileBuilder file) {
        file.object(
                        "PodGroup",
                        file.own(2, "spec", "PodGroupSpec"),
                        file.own(3, "status", "PodGroupStatus"))
                .message(
                        "PodGroupSpec",
                        file.own(1, "podGroupTemplateRef", "PodGroupTemplateReference"),
                        file.own(2, "schedulingPolicy", "PodGroupSchedulingPolicy"),
                        file.own(3, "schedulingConstraints", "PodGroupSchedulingConstraints"),
                        repeated(file.own(4, "resourceClaims", "PodGroupResourceClaim")),
                        text(5, "disruptionMode"),
                        text(6, "priorityClassName"),
                        number(7, "priority"))
                .message(
                        "PodGroupStatus",
                        repeated(meta(1, "conditions", "Condition")),
                        repeated(
                                file.own(
                                        2, "resourceClaimStatuses", "PodGroupResourceClaimStatus")))
                .message(
                        "PodGroupResourceClaimStatus",
                        text(1, "name"),
                        text(2, "resourceClaimName"))
                .message(
                        "PodGroupTemplateReference",
                        file.own(1, "workload", "WorkloadPodGroupTemplateReference"))
                .message(
                        "WorkloadPodGroupTemplateReference",
                        text(1, "workloadName"),
                        text(2, "podGroupTemplateName"));
    }

    /** What groups and templates have in common. */
    private static void policies(FileBuilder file) {
        file.message(
                        "PodGroupSchedulingPolicy",
                        file.own(1, "basic", "BasicSchedulingPolicy"),
                        file.own(2, "gang", "GangSchedulingPolicy"))
                .message("BasicSchedulingPolicy")
                .message("GangSchedulingPolicy", number(1, "minCount"))
                .message(
                        "PodGroupSchedulingConstraints",
                        repeated(file.own(1, "topology", "TopologyConstraint")))
                .message("TopologyConstraint", text(1, "key"))
                .message(
                        "PodGroupResourceClaim",
                        text(1, "name"),
                        text(2, "resourceClaimName"),
                        text(3, "resourceClaimTemplateName"));
    }
}
