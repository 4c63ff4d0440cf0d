package dev.gantry.state.kind.core.pod.spec;

import dev.gantry.state.kind.core.pod.container.Containers;
import dev.gantry.state.validation.Field;

/**
 * The annotations that once chose the profiles of seccomp and AppArmor must not contradict the
 * fields that do so now.
 */
final class ProfileAnnotationRules {
    private static final String SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod";
    private static final String SECCOMP_CONTAINER =
            "container.seccomp.security.alpha.kubernetes.io/";
    static final String APPARMOR_CONTAINER = "container.apparmor.security.beta.kubernetes.io/";
    private static final String LOCAL = "localhost/";

    private ProfileAnnotationRules() {}

    static void match(Field annotations, Field spec) {
        match(annotations, SECCOMP_POD, spec.child("securityContext", "seccompProfile"), "seccomp");
        for (Field container : Containers.all(spec)) {
            match(
                    annotations,
                    SECCOMP_CONTAINER + container.text("name"),
                    container.child("securityContext", "seccompProfile"),
                    "seccomp");
        }
        if (spec.child("os").text("name").equals("windows")) {
            return;
        }
        Field ofPod = spec.child("securityContext", "appArmorProfile");
        for (Field container : Containers.all(spec)) {
            Field own = container.child("securityContext", "appArmorProfile");
            Field profile = own.isSet() ? own : own.with(ofPod.value());
            match(annotations, APPARMOR_CONTAINER + container.text("name"), profile, "apparmor");
        }
    }

    private static void match(Field annotations, String key, Field profile, String what) {
        if (!profile.isSet() || !annotations.has(key)) {
            return;
        }
        String annotation = annotations.text(key);
        String local = profile.text("localhostProfile");
        boolean sameType =
                switch (profile.text("type")) {
                    case "Unconfined" -> annotation.equals("unconfined");
                    case "RuntimeDefault" ->
                            annotation.equals("runtime/default")
                                    || annotation.equals("docker/default");
                    case "Localhost" -> annotation.startsWith(LOCAL);
                    default -> true;
                };
        if (!sameType) {
            profile.child("type").forbidden(what + " type in annotation and field must match");
        } else if (profile.text("type").equals("Localhost") && !annotation.equals(LOCAL + local)) {
            profile.child("localhostProfile")
                    .forbidden(what + " profile in annotation and field must match");
        }
    }
}
