package dev.gantry.state.admission.podsecurity;

import static dev.gantry.model.meta.Resource.text;
import static dev.gantry.state.admission.podsecurity.PodParts.named;
import static dev.gantry.state.admission.podsecurity.PodParts.plural;
import static dev.gantry.state.admission.podsecurity.PodParts.quoted;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import tools.jackson.databind.JsonNode;

/** What of the host a pod may share. */
final class HostChecks {
    static final List<Check> ALL =
            List.of(
                    Check.baseline("hostNamespaces", HostChecks::namespaces),
                    Check.baseline("hostPorts", HostChecks::ports),
                    Check.baseline("hostProbesAndHostLifecycle", HostChecks::probes).since(34),
                    Check.baseline("windowsHostProcess", HostChecks::process));

    private static final List<String> PROBES =
            List.of("livenessProbe", "readinessProbe", "startupProbe");

    private HostChecks() {}

    private static Optional<Violation> namespaces(PodParts pod) {
        List<String> shared = new ArrayList<>();
        for (String each : List.of("hostIPC", "hostNetwork", "hostPID")) {
            if (pod.spec().path(each).asBoolean(false)) {
                shared.add(each + "=true");
            }
        }
        return shared.isEmpty()
                ? Optional.empty()
                : Optional.of(new Violation("host namespaces", String.join(", ", shared)));
    }

    private static Optional<Violation> ports(PodParts pod) {
        SortedSet<String> ports = PodParts.sorted();
        List<String> using = new ArrayList<>();
        for (JsonNode container : pod.containers()) {
            boolean isUsing = false;
            for (JsonNode each : container.path("ports")) {
                int port = each.path("hostPort").asInt(0);
                if (port != 0) {
                    ports.add(String.valueOf(port));
                    isUsing = true;
                }
            }
            if (isUsing) {
                using.add(text(container, "name"));
            }
        }
        return using.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Violation(
                                "hostPort",
                                "%s %s %s %s"
                                        .formatted(
                                                named(using),
                                                uses(using.size()),
                                                plural("hostPort", ports.size()),
                                                String.join(", ", ports))));
    }

    private static Optional<Violation> probes(PodParts pod) {
        SortedSet<String> hosts = PodParts.sorted();
        SortedSet<String> using = PodParts.sorted();
        for (JsonNode container : pod.containers()) {
            List<JsonNode> asking = new ArrayList<>();
            PROBES.forEach(each -> asking.add(container.path(each)));
            asking.add(container.path("lifecycle").path("postStart"));
            asking.add(container.path("lifecycle").path("preStop"));
            for (JsonNode each : asking) {
                for (String way : List.of("httpGet", "tcpSocket")) {
                    String host = text(each.path(way), "host");
                    if (!host.isEmpty()) {
                        hosts.add(host);
                        using.add(text(container, "name"));
                    }
                }
            }
        }
        return using.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Violation(
                                "probe or lifecycle host",
                                "%s %s %s %s"
                                        .formatted(
                                                named(List.copyOf(using)),
                                                uses(using.size()),
                                                plural("probe or lifecycle host", hosts.size()),
                                                quoted(hosts))));
    }

    private static Optional<Violation> process(PodParts pod) {
        boolean isPod = isHostProcess(pod.securityContext());
        List<String> containers =
                pod.containersThat(each -> isHostProcess(each.path("securityContext")));
        return !isPod && containers.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Violation(
                                "hostProcess",
                                PodParts.setters(isPod, containers)
                                        + " must not set"
                                        + " securityContext.windowsOptions.hostProcess=true"));
    }

    private static boolean isHostProcess(JsonNode context) {
        return context.path("windowsOptions").path("hostProcess").asBoolean(false);
    }

    static String uses(int count) {
        return count == 1 ? "uses" : "use";
    }
}
