package dev.gantry.agent.container;

import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * The settings of the kernel that a pod wants for its own namespaces.
 *
 * <p>Compat: {@code pkg/kubelet/sysctl}. Safe ones change nothing outside the pod; any other has to
 * be allowed by the node, and none is written to a namespace that the pod shares with the node.
 */
public final class Sysctls {
    private static final List<String> SAFE =
            List.of(
                    "kernel.shm_rmid_forced",
                    "net.ipv4.ip_local_port_range",
                    "net.ipv4.ip_local_reserved_ports",
                    "net.ipv4.ip_unprivileged_port_start",
                    "net.ipv4.ping_group_range",
                    "net.ipv4.tcp_fin_timeout",
                    "net.ipv4.tcp_keepalive_intvl",
                    "net.ipv4.tcp_keepalive_probes",
                    "net.ipv4.tcp_keepalive_time",
                    "net.ipv4.tcp_rmem",
                    "net.ipv4.tcp_syncookies",
                    "net.ipv4.tcp_wmem");

    private Sysctls() {}

    /** By name. */
    static SortedMap<String, String> of(PodSpec pod) {
        SortedMap<String, String> found = new TreeMap<>();
        for (JsonNode each : pod.security().path("sysctls")) {
            found.put(dotted(Resource.text(each, "name")), Resource.text(each, "value"));
        }
        return found;
    }

    /**
     * Why a pod may not have what it wants.
     *
     * @param allowed beside the safe ones: names, or beginnings of names before a {@code *}
     */
    public static Optional<String> problem(PodSpec pod, List<String> allowed) {
        return of(pod).keySet().stream()
                .flatMap(each -> problem(each, pod, allowed).stream())
                .findFirst();
    }

    private static Optional<String> problem(String name, PodSpec pod, List<String> allowed) {
        boolean isAllowed =
                SAFE.contains(name) || allowed.stream().anyMatch(each -> isMeant(each, name));
        if (!isAllowed) {
            return Optional.of("\"%s\" not allowlisted".formatted(name));
        }
        boolean isOfNetwork = name.startsWith("net.");
        boolean isShared = isOfNetwork ? pod.isOnHostNetwork() : pod.isFlagged("hostIPC");
        return isShared
                ? Optional.of(
                        "\"%s\" not allowed with host %s enabled"
                                .formatted(name, isOfNetwork ? "net" : "ipc"))
                : Optional.empty();
    }

    private static boolean isMeant(String pattern, String name) {
        String dotted = dotted(pattern);
        return dotted.endsWith("*")
                ? name.startsWith(dotted.substring(0, dotted.length() - 1))
                : name.equals(dotted);
    }

    /** Compat: slashes may part a name, too; dots are then part of it. */
    private static String dotted(String name) {
        int dot = name.indexOf('.');
        int slash = name.indexOf('/');
        if (slash < 0 || dot >= 0 && dot < slash) {
            return name;
        }
        var made = new StringBuilder(name);
        for (int at = 0; at < made.length(); at++) {
            char c = made.charAt(at);
            made.setCharAt(at, c == '/' ? '.' : c == '.' ? '/' : c);
        }
        return made.toString();
    }
}
