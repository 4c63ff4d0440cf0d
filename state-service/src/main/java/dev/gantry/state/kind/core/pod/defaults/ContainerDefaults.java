package dev.gantry.state.kind.core.pod.defaults;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.strategy.Defaults;
import dev.gantry.state.strategy.Quantities;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** What a container of any sort says where it says nothing. */
final class ContainerDefaults {
    private static final int PERIOD_SECONDS = 10;
    private static final int FAILURES = 3;

    private ContainerDefaults() {}

    static void set(ObjectNode container) {
        String image = Resource.text(container, "image");
        Defaults.text(container, "imagePullPolicy", ImageName.pullPolicyOf(image));
        Defaults.text(container, "terminationMessagePath", "/dev/termination-log");
        Defaults.text(container, "terminationMessagePolicy", "File");
        Defaults.each(container.path("ports"), port -> Defaults.text(port, "protocol", "TCP"));
        Defaults.each(container.path("env"), ContainerDefaults::variable);
        ObjectNode resources = Resource.child(container, "resources");
        Quantities.canonicalMap(resources, "requests");
        Quantities.canonicalMap(resources, "limits");
        for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            Defaults.within(container, probe, ContainerDefaults::probe);
        }
        Defaults.within(
                container,
                "lifecycle",
                lifecycle -> {
                    Defaults.within(lifecycle, "postStart", ContainerDefaults::http);
                    Defaults.within(lifecycle, "preStop", ContainerDefaults::http);
                });
    }

    private static void variable(ObjectNode variable) {
        Defaults.within(
                variable,
                "valueFrom",
                source -> {
                    Defaults.within(
                            source,
                            "fieldRef",
                            reference -> Defaults.text(reference, "apiVersion", "v1"));
                    Defaults.within(source, "resourceFieldRef", ContainerDefaults::divisor);
                });
    }

    /** Compat: a divisor that is absent is written as zero. */
    static void divisor(ObjectNode reference) {
        Defaults.text(reference, "divisor", "0");
        Quantities.canonical(reference, "divisor");
    }

    private static void probe(ObjectNode probe) {
        Defaults.positive(probe, "timeoutSeconds", 1);
        Defaults.positive(probe, "periodSeconds", PERIOD_SECONDS);
        Defaults.positive(probe, "successThreshold", 1);
        Defaults.positive(probe, "failureThreshold", FAILURES);
        http(probe);
        Defaults.within(probe, "grpc", action -> Defaults.pointer(action, "service", ""));
    }

    private static void http(ObjectNode action) {
        Defaults.within(
                action,
                "httpGet",
                get -> {
                    Defaults.text(get, "path", "/");
                    Defaults.text(get, "scheme", "HTTP");
                });
    }
}
