package dev.gantry.state.kind.core.pod.spec;

import dev.gantry.state.strategy.DisabledFields;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.LabelRules;

/** The rules of a pod template. Compat: {@code ValidatePodTemplateSpec}. */
public final class PodTemplateRules {
    /** Compat: {@code dropDisabledFields} of {@code pkg/api/pod}. */
    public static final DisabledFields DISABLED =
            DisabledFields.of(
                    "spec.containers.*.lifecycle?.stopSignal",
                    "spec.initContainers.*.lifecycle?.stopSignal",
                    "spec.ephemeralContainers.*.lifecycle?.stopSignal",
                    "spec.volumes.*.projected.sources.*.clusterTrustBundle",
                    "spec.volumes.*.projected.sources.*.podCertificate");

    private PodTemplateRules() {}

    /** Compat: labels and annotations are reported without {@code metadata} in their path. */
    public static void check(Field template) {
        Field spec = template.child("spec");
        Field annotations = checkMetadata(template);
        PodSpecRules.check(spec, "", false);
        ProfileAnnotationRules.match(annotations, spec);
        if (!spec.child("ephemeralContainers").isEmpty()) {
            spec.child("ephemeralContainers")
                    .forbidden("ephemeral containers not allowed in pod template");
        }
    }

    /** What does not need to know the volumes. Returns the annotations. */
    public static Field checkMetadata(Field template) {
        Field metadata = template.child("metadata");
        Field annotations = metadata.child("annotations").at(template.child("annotations").path());
        LabelRules.labels(metadata.child("labels").at(template.child("labels").path()));
        LabelRules.annotations(annotations);
        PodAnnotationRules.check(annotations, template.child("spec"));
        return annotations;
    }
}
