package dev.gantry.state.kind.core.pod.spec;

import dev.gantry.state.kind.core.pod.container.ContainerRules;
import dev.gantry.state.kind.core.pod.container.PodContext;
import dev.gantry.state.validation.Field;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Containers that are put into a running pod to look at it: they may not become a part of it. */
final class EphemeralContainerRules {
    private static final String NOT_ALLOWED = "cannot be set for an Ephemeral Container";
    private static final List<String> FORBIDDEN =
            List.of(
                    "ports",
                    "resources",
                    "resizePolicy",
                    "restartPolicy",
                    "restartPolicyRules",
                    "livenessProbe",
                    "readinessProbe",
                    "startupProbe",
                    "lifecycle");

    private EphemeralContainerRules() {}

    static void check(Field spec, PodContext context) {
        Set<String> others = new TreeSet<>();
        spec.child("containers").items().forEach(each -> others.add(each.text("name")));
        spec.child("initContainers").items().forEach(each -> others.add(each.text("name")));
        Set<String> names = new TreeSet<>(others);
        for (Field container : spec.child("ephemeralContainers").items()) {
            ContainerRules.check(container, context);
            PodRules.noPaddedImage(container);
            if (!names.add(container.text("name"))) {
                container.child("name").duplicate();
            }
            Field target = container.child("targetContainerName");
            if (!target.isEmpty() && !others.contains(target.text())) {
                target.notFound();
            }
            forbidden(container);
        }
    }

    private static void forbidden(Field container) {
        for (String name : FORBIDDEN) {
            Field field = container.child(name);
            boolean isUsed =
                    name.equals("resources") || field.value().isArray()
                            ? !field.isEmpty()
                            : field.isSet();
            if (isUsed) {
                field.forbidden(NOT_ALLOWED);
            }
        }
        for (Field mount : container.child("volumeMounts").items()) {
            for (String path : List.of("subPath", "subPathExpr")) {
                if (!mount.text(path).isEmpty()) {
                    mount.child(path).forbidden(NOT_ALLOWED);
                }
            }
        }
    }
}
