package dev.gantry.state.admission.podsecurity;

import static dev.gantry.model.meta.Resource.text;
import static dev.gantry.state.admission.podsecurity.PodParts.named;
import static dev.gantry.state.admission.podsecurity.PodParts.quoted;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import tools.jackson.databind.JsonNode;

/** How much more than an ordinary process a container may do. */
final class PrivilegeChecks {
    private static final int WINDOWS_EXCEPTED = 25;

    static final List<Check> ALL =
            List.of(
                    Check.baseline("privileged", PrivilegeChecks::privileged),
                    Check.baseline("capabilities_baseline", PrivilegeChecks::added),
                    Check.restricted("capabilities_restricted", PrivilegeChecks::kept)
                            .since(22)
                            .before(WINDOWS_EXCEPTED)
                            .overriding("capabilities_baseline"),
                    Check.restricted(
                                    "capabilities_restricted",
                                    pod -> unlessWindows(pod, PrivilegeChecks::kept))
                            .since(WINDOWS_EXCEPTED)
                            .overriding("capabilities_baseline"),
                    Check.restricted("allowPrivilegeEscalation", PrivilegeChecks::escalation)
                            .since(8)
                            .before(WINDOWS_EXCEPTED),
                    Check.restricted(
                                    "allowPrivilegeEscalation",
                                    pod -> unlessWindows(pod, PrivilegeChecks::escalation))
                            .since(WINDOWS_EXCEPTED),
                    Check.baseline("procMount", PrivilegeChecks::procMount)
                            .before(PodParts.USER_NAMESPACES),
                    Check.baseline("procMount", pod -> pod.unlessMapped(PrivilegeChecks::procMount))
                            .since(PodParts.USER_NAMESPACES),
                    Check.restricted("procMount_restricted", PrivilegeChecks::procMount)
                            .since(PodParts.USER_NAMESPACES)
                            .overriding("procMount"));

    private static final Set<String> USUAL =
            Set.of(
                    "AUDIT_WRITE",
                    "CHOWN",
                    "DAC_OVERRIDE",
                    "FOWNER",
                    "FSETID",
                    "KILL",
                    "MKNOD",
                    "NET_BIND_SERVICE",
                    "SETFCAP",
                    "SETGID",
                    "SETPCAP",
                    "SETUID",
                    "SYS_CHROOT");

    private PrivilegeChecks() {}

    static Optional<Violation> unlessWindows(PodParts pod, Check.Test test) {
        return pod.isForWindows() ? Optional.empty() : test.of(pod);
    }

    private static Optional<Violation> privileged(PodParts pod) {
        List<String> names =
                pod.containersThat(
                        each -> each.path("securityContext").path("privileged").asBoolean(false));
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Violation(
                                "privileged",
                                named(names) + " must not set securityContext.privileged=true"));
    }

    private static Optional<Violation> escalation(PodParts pod) {
        List<String> names =
                pod.containersThat(
                        each ->
                                each.path("securityContext")
                                        .path("allowPrivilegeEscalation")
                                        .asBoolean(true));
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Violation(
                                "allowPrivilegeEscalation != false",
                                named(names)
                                        + " must set"
                                        + " securityContext.allowPrivilegeEscalation=false"));
    }

    private static Optional<Violation> added(PodParts pod) {
        return adding(pod, USUAL).map(each -> new Violation("non-default capabilities", each));
    }

    private static Optional<Violation> kept(PodParts pod) {
        List<String> details = new ArrayList<>();
        List<String> keeping =
                pod.containersThat(
                        each -> capabilities(each, "drop").stream().noneMatch("ALL"::equals));
        if (!keeping.isEmpty()) {
            details.add(named(keeping) + " must set securityContext.capabilities.drop=[\"ALL\"]");
        }
        adding(pod, Set.of("NET_BIND_SERVICE")).ifPresent(details::add);
        return details.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Violation("unrestricted capabilities", String.join("; ", details)));
    }

    private static Optional<String> adding(PodParts pod, Set<String> allowed) {
        SortedSet<String> forbidden = PodParts.sorted();
        List<String> names =
                pod.containersThat(
                        each -> {
                            List<String> added = new ArrayList<>(capabilities(each, "add"));
                            added.removeAll(allowed);
                            forbidden.addAll(added);
                            return !added.isEmpty();
                        });
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "%s must not include %s in securityContext.capabilities.add"
                                .formatted(named(names), quoted(forbidden)));
    }

    private static List<String> capabilities(JsonNode container, String list) {
        return container
                .path("securityContext")
                .path("capabilities")
                .path(list)
                .valueStream()
                .map(each -> each.asString(""))
                .toList();
    }

    private static Optional<Violation> procMount(PodParts pod) {
        SortedSet<String> types = PodParts.sorted();
        List<String> names =
                pod.containersThat(
                        each -> {
                            String type = text(each.path("securityContext"), "procMount");
                            boolean isOther = !type.isEmpty() && !type.equals("Default");
                            if (isOther) {
                                types.add(type);
                            }
                            return isOther;
                        });
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Violation(
                                "procMount",
                                "%s must not set securityContext.procMount to %s"
                                        .formatted(named(names), quoted(types))));
    }
}
