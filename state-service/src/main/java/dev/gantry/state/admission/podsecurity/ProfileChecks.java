package dev.gantry.state.admission.podsecurity;

import static dev.gantry.model.meta.Resource.text;
import static dev.gantry.state.admission.podsecurity.PodParts.named;
import static dev.gantry.state.admission.podsecurity.PodParts.plural;
import static dev.gantry.state.admission.podsecurity.PodParts.quoted;
import static dev.gantry.state.admission.podsecurity.PodParts.setters;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** By which profiles the kernel confines a pod: AppArmor, SELinux, seccomp, sysctls. */
final class ProfileChecks {
    private static final int WINDOWS_EXCEPTED = 25;
    private static final String SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod";
    private static final String SECCOMP_CONTAINER =
            "container.seccomp.security.alpha.kubernetes.io/";
    private static final String APP_ARMOR = "container.apparmor.security.beta.kubernetes.io/";

    static final List<Check> ALL =
            List.of(
                    Check.baseline("appArmorProfile", ProfileChecks::appArmor),
                    Check.baseline("seccompProfile_baseline", ProfileChecks::seccompNotes)
                            .before(19),
                    Check.baseline("seccompProfile_baseline", ProfileChecks::seccompSet).since(19),
                    Check.restricted("seccompProfile_restricted", ProfileChecks::seccomp)
                            .since(19)
                            .before(WINDOWS_EXCEPTED)
                            .overriding("seccompProfile_baseline"),
                    Check.restricted(
                                    "seccompProfile_restricted",
                                    pod ->
                                            PrivilegeChecks.unlessWindows(
                                                    pod, ProfileChecks::seccomp))
                            .since(WINDOWS_EXCEPTED)
                            .overriding("seccompProfile_baseline"),
                    Check.baseline("seLinuxOptions", seLinux(Set.of())).before(31),
                    Check.baseline("seLinuxOptions", seLinux(Set.of("container_engine_t")))
                            .since(31),
                    Check.baseline("sysctls", sysctls(0)).before(27),
                    Check.baseline("sysctls", sysctls(1)).since(27).before(29),
                    Check.baseline("sysctls", sysctls(5)).since(29).before(32),
                    Check.baseline("sysctls", sysctls(7)).since(32));

    private static final Set<String> SECCOMP_TYPES = Set.of("RuntimeDefault", "Localhost");

    private ProfileChecks() {}

    /** In the order in which they became safe: five at first, then one, four and two more. */
    private static List<String> safeSysctls() {
        return List.of(
                "kernel.shm_rmid_forced",
                "net.ipv4.ip_local_port_range",
                "net.ipv4.tcp_syncookies",
                "net.ipv4.ping_group_range",
                "net.ipv4.ip_unprivileged_port_start",
                "net.ipv4.ip_local_reserved_ports",
                "net.ipv4.tcp_keepalive_time",
                "net.ipv4.tcp_fin_timeout",
                "net.ipv4.tcp_keepalive_intvl",
                "net.ipv4.tcp_keepalive_probes",
                "net.ipv4.tcp_rmem",
                "net.ipv4.tcp_wmem");
    }

    private static Check.Test sysctls(int more) {
        List<String> safe = safeSysctls().subList(0, 5 + more);
        return pod -> {
            List<String> others =
                    pod.securityContext()
                            .path("sysctls")
                            .valueStream()
                            .map(each -> text(each, "name"))
                            .filter(each -> !safe.contains(each))
                            .toList();
            return others.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Violation("forbidden sysctls", String.join(", ", others)));
        };
    }

    private static Optional<Violation> appArmor(PodParts pod) {
        SortedSet<String> types = PodParts.sorted();
        Predicate<JsonNode> isUnconfined =
                context -> {
                    String type = text(context.path("appArmorProfile"), "type");
                    boolean isForbidden = !type.isEmpty() && !SECCOMP_TYPES.contains(type);
                    if (isForbidden) {
                        types.add(type);
                    }
                    return isForbidden;
                };
        boolean isPod = isUnconfined.test(pod.securityContext());
        List<String> containers =
                pod.containersThat(each -> isUnconfined.test(each.path("securityContext")));
        SortedSet<String> notes = new TreeSet<>();
        for (var each : pod.metadata().path("annotations").properties()) {
            String profile = each.getValue().asString("");
            boolean isAllowed =
                    profile.isEmpty()
                            || profile.equals("runtime/default")
                            || profile.startsWith("localhost/");
            if (each.getKey().startsWith(APP_ARMOR) && !isAllowed) {
                notes.add("%s=\"%s\"".formatted(each.getKey(), profile));
            }
        }
        List<String> setting = new ArrayList<>();
        if (isPod || !containers.isEmpty()) {
            setting.add(setters(isPod, containers));
        }
        if (!notes.isEmpty()) {
            setting.add(plural("annotation", notes.size()));
        }
        List<String> values = new ArrayList<>(types);
        values.addAll(notes);
        return setting.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Violation(
                                plural("forbidden AppArmor profile", values.size()),
                                "%s must not set AppArmor profile type to %s"
                                        .formatted(String.join(" and ", setting), quoted(values))));
    }

    private static Check.Test seLinux(Set<String> moreTypes) {
        Set<String> types = new TreeSet<>(moreTypes);
        types.addAll(Set.of("", "container_t", "container_init_t", "container_kvm_t"));
        return pod -> {
            SortedSet<String> forbidden = PodParts.sorted();
            SortedSet<String> set = PodParts.sorted();
            Predicate<JsonNode> isWrong =
                    context -> {
                        JsonNode options = context.path("seLinuxOptions");
                        boolean isForbidden = !types.contains(text(options, "type"));
                        if (isForbidden) {
                            forbidden.add(text(options, "type"));
                        }
                        for (String each : List.of("user", "role")) {
                            if (!text(options, each).isEmpty()) {
                                set.add(each);
                                isForbidden = true;
                            }
                        }
                        return isForbidden;
                    };
            boolean isPod = isWrong.test(pod.securityContext());
            List<String> containers =
                    pod.containersThat(each -> isWrong.test(each.path("securityContext")));
            return !isPod && containers.isEmpty()
                    ? Optional.empty()
                    : Optional.of(
                            new Violation(
                                    "seLinuxOptions",
                                    "%s set forbidden securityContext.seLinuxOptions: %s"
                                            .formatted(
                                                    setters(isPod, containers),
                                                    seLinuxDetails(forbidden, set))));
        };
    }

    private static String seLinuxDetails(SortedSet<String> types, SortedSet<String> set) {
        List<String> details = new ArrayList<>();
        if (!types.isEmpty()) {
            details.add(plural("type", types.size()) + " " + quoted(types));
        }
        for (String each : List.of("user", "role")) {
            if (set.contains(each)) {
                details.add(each + " may not be set");
            }
        }
        return String.join("; ", details);
    }

    /** Compat: before there was a field, annotations said it. */
    private static Optional<Violation> seccompNotes(PodParts pod) {
        JsonNode annotations = pod.metadata().path("annotations");
        SortedSet<String> forbidden = PodParts.sorted();
        List<String> keys = new ArrayList<>(List.of(SECCOMP_POD));
        pod.containers().forEach(each -> keys.add(SECCOMP_CONTAINER + text(each, "name")));
        for (String key : keys) {
            String value = text(annotations, key);
            boolean isAllowed =
                    value.equals("runtime/default")
                            || value.equals("docker/default")
                            || value.startsWith("localhost/");
            if (annotations.has(key) && !isAllowed) {
                forbidden.add("%s=\"%s\"".formatted(key, value));
            }
        }
        return forbidden.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Violation(
                                "seccompProfile",
                                "forbidden %s %s"
                                        .formatted(
                                                plural("annotation", forbidden.size()),
                                                String.join(", ", forbidden))));
    }

    private static Optional<Violation> seccompSet(PodParts pod) {
        SortedSet<String> types = PodParts.sorted();
        Function<JsonNode, Boolean> isForbidden =
                context -> {
                    JsonNode profile = context.path("seccompProfile");
                    String type = text(profile, "type");
                    boolean isWrong = profile.isObject() && !SECCOMP_TYPES.contains(type);
                    if (isWrong) {
                        types.add(type);
                    }
                    return isWrong;
                };
        boolean isPod = isForbidden.apply(pod.securityContext());
        List<String> containers =
                pod.containersThat(each -> isForbidden.apply(each.path("securityContext")));
        return types.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Violation(
                                "seccompProfile",
                                "%s must not set securityContext.seccompProfile.type to %s"
                                        .formatted(setters(isPod, containers), quoted(types))));
    }

    private static Optional<Violation> seccomp(PodParts pod) {
        Optional<Violation> set = seccompSet(pod);
        boolean isSetForAll = pod.securityContext().path("seccompProfile").isObject();
        if (set.isPresent() || isSetForAll) {
            return set;
        }
        List<String> names =
                pod.containersThat(
                        each -> !each.path("securityContext").path("seccompProfile").isObject());
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Violation(
                                "seccompProfile",
                                "pod or %s must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\""
                                        .formatted(named(names))));
    }
}
