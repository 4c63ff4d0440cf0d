package dev.gantry.state.kind.core.pod.spec;

import dev.gantry.state.validation.Field;

/** The rules of a whole pod. Compat: {@code ValidatePodCreate}. */
public final class PodRules {
    private PodRules() {}

    public static void checkNew(Field pod) {
        check(pod);
        Field spec = pod.child("spec");
        if (!spec.child("ephemeralContainers").isEmpty()) {
            spec.child("ephemeralContainers").forbidden("cannot be set on create");
        }
        if (!spec.text("nodeName").isEmpty() && !spec.child("schedulingGates").isEmpty()) {
            spec.child("nodeName")
                    .forbidden("cannot be set until all schedulingGates have been cleared");
        }
        ProfileAnnotationRules.match(pod.child("metadata", "annotations"), spec);
    }

    /** What holds for new pods and changed ones. */
    public static void check(Field pod) {
        Field spec = pod.child("spec");
        PodAnnotationRules.check(pod.child("metadata", "annotations"), spec);
        PodSpecRules.check(spec, pod.child("metadata").text("name"), true);
        tokensNeedAnAccount(spec);
        noPadding(spec.child("containers"));
        noPadding(spec.child("initContainers"));
    }

    private static void tokensNeedAnAccount(Field spec) {
        if (!spec.text("serviceAccountName").isEmpty()) {
            return;
        }
        for (Field volume : spec.child("volumes").items()) {
            for (Field source : volume.child("projected", "sources").items()) {
                if (source.has("serviceAccountToken")) {
                    source.child("serviceAccountToken")
                            .forbidden("must not be specified when serviceAccountName is not set");
                }
            }
        }
    }

    private static void noPadding(Field containers) {
        containers.items().forEach(PodRules::noPaddedImage);
    }

    public static void noPaddedImage(Field container) {
        Field image = container.child("image");
        if (!image.text().equals(image.text().strip())) {
            image.invalid("must not have leading or trailing whitespace");
        }
    }
}
