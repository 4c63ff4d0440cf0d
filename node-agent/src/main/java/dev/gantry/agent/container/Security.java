package dev.gantry.agent.container;

import dev.gantry.agent.runtime.Image;
import dev.gantry.agent.runtime.container.ContainerSecurity;
import dev.gantry.agent.runtime.container.ContainerSecurity.Capabilities;
import dev.gantry.agent.runtime.container.ContainerSecurity.KernelFiles;
import dev.gantry.agent.runtime.sandbox.SandboxSecurity;
import dev.gantry.agent.runtime.security.IdRange;
import dev.gantry.agent.runtime.security.NamespaceUse;
import dev.gantry.agent.runtime.security.NamespaceUse.Scope;
import dev.gantry.agent.runtime.security.RunAs;
import dev.gantry.agent.runtime.security.RunAs.GroupsPolicy;
import dev.gantry.agent.runtime.security.SecurityProfile;
import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Security contexts of pod and container, the container's winning. */
public final class Security {
    /** Compat: what every container runtime hides and protects by default. */
    private static final List<String> MASKED =
            List.of(
                    "/proc/asound",
                    "/proc/acpi",
                    "/proc/interrupts",
                    "/proc/kcore",
                    "/proc/keys",
                    "/proc/latency_stats",
                    "/proc/timer_list",
                    "/proc/timer_stats",
                    "/proc/sched_debug",
                    "/proc/scsi",
                    "/sys/firmware",
                    "/sys/devices/virtual/powercap");

    private static final List<String> READ_ONLY =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    private static final KernelFiles GUARDED = new KernelFiles(MASKED, READ_ONLY);

    private static final String SECCOMP = "seccompProfile";
    private static final String APP_ARMOR = "appArmorProfile";

    private Security() {}

    /** Its only process is the runtime's own, which waits: no pod has to say how it is confined. */
    public static SandboxSecurity ofSandbox(PodSpec pod, Optional<IdRange> users) {
        boolean isPrivileged =
                pod.containers().stream()
                        .anyMatch(each -> each.security().path("privileged").asBoolean(false));
        JsonNode context = pod.security();
        var runAs =
                new RunAs(number(context, "runAsUser"), group(context), groups(pod), policy(pod));
        return new SandboxSecurity(
                namespaces(pod, "", users), runAs, isPrivileged, SecurityProfile.RUNTIME_DEFAULT);
    }

    /**
     * @param target the id of the container whose processes it shares; empty for none
     * @param users which users of the node its own ones are; empty where it has the node's
     */
    public static ContainerSecurity ofContainer(
            PodSpec pod,
            ContainerSpec container,
            String target,
            Optional<IdRange> users,
            NodeSecurity node) {
        JsonNode context = container.security();
        boolean isPrivileged = context.path("privileged").asBoolean(false);
        boolean isUnmasked = isPrivileged || Resource.text(context, "procMount").equals("Unmasked");
        JsonNode capabilities = context.path("capabilities");
        return new ContainerSecurity(
                namespaces(pod, target, users),
                new RunAs(
                        either(context, pod.security(), "runAsUser"),
                        either(context, pod.security(), "runAsGroup"),
                        groups(pod),
                        policy(pod)),
                isPrivileged,
                context.path("readOnlyRootFilesystem").asBoolean(false),
                forbidsNewPrivileges(context, isPrivileged),
                new Capabilities(texts(capabilities.path("add")), texts(capabilities.path("drop"))),
                isUnmasked ? KernelFiles.OPEN : GUARDED,
                seccomp(pod, context, isPrivileged, node),
                appArmor(pod, context));
    }

    /**
     * Why a container that must not run as root would, or cannot be known not to.
     *
     * <p>Compat: {@code verifyRunAsNonRoot} of {@code kuberuntime/security_context.go}.
     */
    public static Optional<String> rootProblem(PodSpec pod, ContainerSpec container, Image image) {
        JsonNode own = container.security().path("runAsNonRoot");
        boolean mustNotBeRoot =
                (own.isBoolean() ? own : pod.security().path("runAsNonRoot")).asBoolean(false);
        if (!mustNotBeRoot) {
            return Optional.empty();
        }
        Long user = either(container.security(), pod.security(), "runAsUser");
        String where =
                " (pod: \"%s_%s(%s)\", container: %s)"
                        .formatted(pod.name(), pod.namespace(), pod.uid(), container.name());
        if (user != null) {
            return user != 0
                    ? Optional.empty()
                    : Optional.of("container's runAsUser breaks non-root policy" + where);
        }
        Long imageUser = image.user();
        if (imageUser != null && imageUser != 0) {
            return Optional.empty();
        }
        if (imageUser == null && !image.userName().isEmpty()) {
            return Optional.of(
                    "container has runAsNonRoot and image has non-numeric user (%s), cannot verify user is non-root%s"
                            .formatted(image.userName(), where));
        }
        return Optional.of("container has runAsNonRoot and image will run as root" + where);
    }

    private static NamespaceUse namespaces(PodSpec pod, String target, Optional<IdRange> users) {
        Scope pid = pod.isFlagged("shareProcessNamespace") ? Scope.POD : Scope.CONTAINER;
        var own =
                new NamespaceUse(
                        pod.isOnHostNetwork() ? Scope.NODE : Scope.POD,
                        pod.isFlagged("hostPID") ? Scope.NODE : pid,
                        pod.isFlagged("hostIPC") ? Scope.NODE : Scope.POD,
                        "",
                        users);
        return target.isEmpty() ? own : own.beside(target);
    }

    private static GroupsPolicy policy(PodSpec pod) {
        return pod.hasStrictGroups() ? GroupsPolicy.STRICT : GroupsPolicy.MERGE;
    }

    private static boolean forbidsNewPrivileges(JsonNode context, boolean isPrivileged) {
        JsonNode allowed = context.path("allowPrivilegeEscalation");
        return !isPrivileged && allowed.isBoolean() && !allowed.asBoolean();
    }

    /**
     * Whether a pod names profiles of AppArmor, so that only a node that has it may run it.
     *
     * <p>Compat: {@code isRequired} of {@code pkg/security/apparmor/validate.go}.
     */
    public static boolean needsAppArmor(PodSpec pod) {
        return pod.containers().stream()
                .flatMap(each -> appArmor(pod, each.security()).stream())
                .anyMatch(each -> each.type() != SecurityProfile.Type.UNCONFINED);
    }

    /** Compat: as kubelet with {@code --seccomp-default}, which is the default here. */
    private static SecurityProfile seccomp(
            PodSpec pod, JsonNode context, boolean isPrivileged, NodeSecurity node) {
        if (isPrivileged) {
            return SecurityProfile.UNCONFINED;
        }
        SecurityProfile found =
                profile(context, SECCOMP)
                        .or(() -> profile(pod.security(), SECCOMP))
                        .orElse(node.seccomp());
        return found.type() == SecurityProfile.Type.LOCALHOST
                ? new SecurityProfile(
                        found.type(), node.seccompFolder() + "/" + found.localhostProfile())
                : found;
    }

    private static Optional<SecurityProfile> appArmor(PodSpec pod, JsonNode context) {
        return profile(context, APP_ARMOR).or(() -> profile(pod.security(), APP_ARMOR));
    }

    private static Optional<SecurityProfile> profile(JsonNode context, String field) {
        JsonNode profile = context.path(field);
        if (!profile.isObject()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (Resource.text(profile, "type")) {
                    case "RuntimeDefault" -> SecurityProfile.RUNTIME_DEFAULT;
                    case "Localhost" ->
                            new SecurityProfile(
                                    SecurityProfile.Type.LOCALHOST,
                                    Resource.text(profile, "localhostProfile"));
                    default -> SecurityProfile.UNCONFINED;
                });
    }

    /**
     * Compat: a group without a user is refused by the runtime, so it is left to the containers.
     */
    private static @Nullable Long group(JsonNode context) {
        return context.path("runAsUser").isNumber() ? number(context, "runAsGroup") : null;
    }

    private static List<Long> groups(PodSpec pod) {
        List<Long> found = new ArrayList<>();
        pod.security().path("supplementalGroups").forEach(each -> found.add(each.asLong()));
        Long fsGroup = number(pod.security(), "fsGroup");
        if (fsGroup != null) {
            found.add(fsGroup);
        }
        return found;
    }

    private static @Nullable Long either(JsonNode first, JsonNode second, String field) {
        Long own = number(first, field);
        return own != null ? own : number(second, field);
    }

    private static @Nullable Long number(JsonNode context, String field) {
        JsonNode found = context.path(field);
        return found.isNumber() ? Long.valueOf(found.asLong()) : null;
    }

    private static List<String> texts(JsonNode list) {
        List<String> found = new ArrayList<>();
        list.forEach(each -> found.add(each.asString("")));
        return found;
    }
}
