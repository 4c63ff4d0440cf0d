package dev.gantry.state.kind.core.pod.container;

import dev.gantry.state.validation.Field;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The two lists of containers that a pod is made with. */
public final class ContainerListRules {
    private static final String NOT_A_SIDECAR =
            "may not be set for init containers without restartPolicy=Always";

    private ContainerListRules() {}

    public static void regular(Field containers, PodContext context) {
        if (containers.isEmpty()) {
            containers.required("");
            return;
        }
        Set<String> names = new TreeSet<>();
        for (Field container : containers.items()) {
            ContainerRules.check(container, context);
            if (!names.add(container.text("name"))) {
                container.child("name").duplicate();
            }
            probesAndHooks(container, context);
            RestartRules.check(container);
        }
        HostPorts.unique(containers.items());
    }

    public static void init(Field spec, PodContext context) {
        Set<String> names = new TreeSet<>();
        spec.child("containers").items().forEach(each -> names.add(each.text("name")));
        for (Field container : spec.child("initContainers").items()) {
            ContainerRules.check(container, context);
            RestartRules.ofInit(container);
            String name = container.text("name");
            if (names.contains(name)) {
                container.child("name").duplicate();
            } else if (!name.isEmpty()) {
                names.add(name);
            }
            HostPorts.unique(List.of(container));
            if (container.text("restartPolicy").equals("Always")) {
                probesAndHooks(container, context);
            } else {
                noProbesAndHooks(container);
                InitRestartRules.check(container);
            }
        }
    }

    private static void probesAndHooks(Field container, PodContext context) {
        ActionRules.lifecycle(container.child("lifecycle"), context);
        ProbeRules.liveness(container.child("livenessProbe"), context);
        ProbeRules.readiness(container.child("readinessProbe"), context);
        ProbeRules.startup(container.child("startupProbe"), context);
    }

    private static void noProbesAndHooks(Field container) {
        for (String name :
                List.of("lifecycle", "livenessProbe", "readinessProbe", "startupProbe")) {
            if (container.has(name)) {
                container.child(name).forbidden(NOT_A_SIDECAR);
            }
        }
    }
}
