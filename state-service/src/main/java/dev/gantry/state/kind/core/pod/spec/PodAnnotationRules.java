package dev.gantry.state.kind.core.pod.spec;

import dev.gantry.state.kind.core.pod.container.Containers;
import dev.gantry.state.kind.core.pod.container.PathRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoText;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Annotations of a pod that mean something. Compat: {@code ValidatePodSpecificAnnotations}. */
public final class PodAnnotationRules {
    private static final String MIRROR = "kubernetes.io/config.mirror";
    private static final String DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";
    private static final String SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod";
    private static final String SECCOMP_CONTAINER =
            "container.seccomp.security.alpha.kubernetes.io/";

    private PodAnnotationRules() {}

    static void check(Field annotations, Field spec) {
        if (annotations.isEmpty()) {
            return;
        }
        if (annotations.has(MIRROR) && spec.text("nodeName").isEmpty()) {
            annotations
                    .key(MIRROR)
                    .invalid("must set spec.nodeName if mirror pod annotation is set");
        }
        Field cost = annotations.key(DELETION_COST);
        if (cost.isSet() && !isCost(cost.text())) {
            cost.invalid("must be a 32bit integer");
        }
        for (var entry : annotations.entries().entrySet()) {
            String key = entry.getKey();
            if (key.equals(SECCOMP_POD) || key.startsWith(SECCOMP_CONTAINER)) {
                seccomp(entry.getValue().at(annotations.path() + "." + key));
            } else if (key.startsWith(ProfileAnnotationRules.APPARMOR_CONTAINER)) {
                appArmor(entry.getValue(), key, spec);
            }
        }
    }

    /** Compat: no leading zeros and no plus, so that one number has one text. */
    private static boolean isCost(String text) {
        try {
            return Integer.toString(Integer.parseInt(text)).equals(text);
        } catch (NumberFormatException notANumber) {
            return false;
        }
    }

    private static void seccomp(Field profile) {
        String text = profile.text();
        if (text.startsWith("localhost/")) {
            String path = text.substring("localhost/".length());
            if (path.startsWith("/")) {
                profile.invalidText(path, "must be a relative path");
            }
            if (PathRules.stepsBack(path)) {
                profile.invalidText(path, "must not contain '..'");
            }
            return;
        }
        if (!Set.of("runtime/default", "docker/default", "unconfined").contains(text)) {
            profile.invalid("must be a valid seccomp profile");
        }
    }

    private static void appArmor(Field profile, String key, Field spec) {
        String name = key.substring(ProfileAnnotationRules.APPARMOR_CONTAINER.length());
        Set<String> names = new TreeSet<>();
        Containers.all(spec).forEach(each -> names.add(each.text("name")));
        if (!names.contains(name)) {
            profile.invalidText(name, "container not found");
        }
        String text = profile.text();
        boolean isValid =
                text.isEmpty()
                        || text.equals("runtime/default")
                        || text.equals("unconfined")
                        || text.startsWith("localhost/");
        if (!isValid) {
            profile.invalid("invalid AppArmor profile name: " + GoText.quote(text));
        }
    }

    /** What an update may not do to them. */
    public static void checkUpdate(Field annotations, JsonNode before) {
        for (var each : before.properties()) {
            String key = each.getKey();
            boolean isSame = annotations.text(key).equals(each.getValue().asString(""));
            if (annotations.has(key) && isSame) {
                continue;
            }
            if (key.startsWith(ProfileAnnotationRules.APPARMOR_CONTAINER)) {
                annotations.key(key).forbidden("may not remove or update AppArmor annotations");
            } else if (key.equals(MIRROR)) {
                annotations.key(key).forbidden("may not remove or update mirror pod annotation");
            }
        }
        for (String key : annotations.entries().keySet()) {
            if (before.has(key)) {
                continue;
            }
            if (key.startsWith(ProfileAnnotationRules.APPARMOR_CONTAINER)) {
                annotations.key(key).forbidden("may not add AppArmor annotations");
            } else if (key.equals(MIRROR)) {
                annotations.key(key).forbidden("may not add mirror pod annotation");
            }
        }
    }

    public static boolean isMirror(JsonNode pod) {
        return pod.path("metadata").path("annotations").has(MIRROR);
    }
}
