package dev.gantry.state.kind.core.pod.container;

import dev.gantry.state.validation.AddressRules;
import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.KeyNames;
import dev.gantry.state.validation.Names;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What holds for containers of every sort. Compat: {@code validateContainerCommon}. */
public final class ContainerRules {
    private static final List<String> MESSAGE_POLICIES = List.of("File", "FallbackToLogsOnError");
    private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");
    private static final List<String> RESIZABLE = List.of("cpu", "memory");
    private static final List<String> RESIZE_POLICIES = List.of("NotRequired", "RestartContainer");

    private ContainerRules() {}

    public static void check(Field container, PodContext context) {
        Field name = container.child("name");
        if (name.isEmpty()) {
            name.required("");
        } else {
            name.invalidFor(Names.dnsLabel(name.text()));
        }
        if (container.text("image").isEmpty()) {
            container.child("image").required("");
        }
        container.child("terminationMessagePolicy").oneOf(MESSAGE_POLICIES);
        ports(container.child("ports"));
        EnvironmentRules.variables(container.child("env"));
        EnvironmentRules.sources(container.child("envFrom"));
        MountRules.mounts(container, context);
        MountRules.devices(container, context);
        pullPolicy(container.child("imagePullPolicy"));
        ResourceRules.container(container.child("resources"), context);
        resizePolicy(container.child("resizePolicy"), context);
        SecurityRules.container(container.child("securityContext"), context);
    }

    public static void pullPolicy(Field policy) {
        policy.oneOf(PULL_POLICIES);
    }

    private static void ports(Field ports) {
        Set<String> names = new TreeSet<>();
        for (Field port : ports.items()) {
            Field name = port.child("name");
            if (!name.isEmpty()) {
                List<String> against = KeyNames.portName(name.text());
                name.invalidFor(against);
                if (against.isEmpty() && !names.add(name.text())) {
                    name.duplicate();
                }
            }
            Field inside = port.child("containerPort");
            if (inside.number() == 0) {
                inside.required("");
            } else {
                AddressRules.portNumber(inside);
            }
            if (port.child("hostPort").number() != 0) {
                AddressRules.portNumber(port.child("hostPort"));
            }
            AddressRules.protocol(port.child("protocol"));
        }
    }

    /** Compat: but for duplicates, errors are reported at the list. */
    private static void resizePolicy(Field policies, PodContext context) {
        Set<String> seen = new TreeSet<>();
        for (Field policy : policies.items()) {
            String resource = policy.text("resourceName");
            if (!seen.add(resource)) {
                policy.duplicateText(resource);
            }
            policy.child("resourceName").at(policies.path()).oneOf(RESIZABLE);
            Field restart = policy.child("restartPolicy").at(policies.path());
            restart.oneOf(RESIZE_POLICIES);
            boolean neverRestarts = context.restartPolicy().equals("Never");
            if (neverRestarts && !restart.text().equals("NotRequired")) {
                restart.invalid("must be 'NotRequired' when pod `restartPolicy` is 'Never'");
            }
        }
    }
}
