package dev.gantry.state.kind.core.pod.spec;

import dev.gantry.state.kind.core.pod.container.SecurityRules;
import dev.gantry.state.kind.core.pod.container.WindowsRules;
import dev.gantry.state.validation.Field;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The security context of a pod. Compat: {@code validatePodSpecSecurityContext}. */
final class PodSecurityRules {
    private static final List<String> CHANGE_POLICIES = List.of("Always", "OnRootMismatch");
    private static final List<String> GROUP_POLICIES = List.of("Merge", "Strict");

    /** Compat: {@code MountOption} belongs to SELinuxMount, which is off. */
    private static final List<String> SELINUX_POLICIES = List.of("Recursive");

    private static final int SYSCTL_CHARACTERS = 253;
    private static final String SYSCTL_PATTERN =
            "^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";

    private PodSecurityRules() {}

    static void check(Field spec) {
        Field context = spec.child("securityContext");
        for (String id : List.of("fsGroup", "runAsUser", "runAsGroup")) {
            SecurityRules.id(context.child(id));
        }
        context.child("supplementalGroups").items().forEach(SecurityRules::id);
        Field shared = spec.child("shareProcessNamespace");
        if (shared.isTrue() && spec.child("hostPID").isTrue()) {
            shared.at(context.path() + ".shareProcessNamespace")
                    .invalid("ShareProcessNamespace and HostPID cannot both be enabled");
        }
        sysctls(spec, context.child("sysctls"));
        supported(context.child("fsGroupChangePolicy"), CHANGE_POLICIES);
        SecurityRules.seccomp(context.child("seccompProfile"));
        WindowsRules.options(context.child("windowsOptions"));
        SecurityRules.appArmor(context.child("appArmorProfile"));
        supported(context.child("supplementalGroupsPolicy"), GROUP_POLICIES);
        supported(context.child("seLinuxChangePolicy"), SELINUX_POLICIES);
    }

    private static void supported(Field policy, List<String> known) {
        if (policy.isSet() && !known.contains(policy.text())) {
            policy.notSupported(known);
        }
    }

    private static void sysctls(Field spec, Field sysctls) {
        Set<String> seen = new TreeSet<>();
        for (Field sysctl : sysctls.items()) {
            Field name = sysctl.child("name");
            if (name.isEmpty()) {
                name.required("");
            } else if (!isSysctl(name.text())) {
                name.invalid(
                        "must have at most %d characters and match regex %s"
                                .formatted(SYSCTL_CHARACTERS, SYSCTL_PATTERN));
            } else if (!seen.add(name.text())) {
                name.duplicate();
            }
            ofHost(spec, name);
        }
    }

    /** What belongs to a namespace cannot be set in a pod that uses that of the host. */
    private static void ofHost(Field spec, Field name) {
        String sysctl = name.text().replace('/', '.');
        boolean isNetwork = sysctl.startsWith("net.");
        boolean isIpc =
                sysctl.startsWith("kernel.shm")
                        || sysctl.startsWith("kernel.msg")
                        || sysctl.startsWith("fs.mqueue.")
                        || sysctl.equals("kernel.sem");
        if (isNetwork && spec.child("hostNetwork").isTrue()) {
            name.invalid("may not be specified when 'hostNetwork' is true");
        } else if (isIpc && spec.child("hostIPC").isTrue()) {
            name.invalid("may not be specified when 'hostIPC' is true");
        }
    }

    /** Segments of letters and digits, with dashes and underscores inside. */
    private static boolean isSysctl(String name) {
        if (name.length() > SYSCTL_CHARACTERS) {
            return false;
        }
        for (String segment : name.split("[./]", -1)) {
            if (!segment.matches("[a-z0-9][-_a-z0-9]*") || !segment.matches(".*[a-z0-9]")) {
                return false;
            }
        }
        return true;
    }
}
