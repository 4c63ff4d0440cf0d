package dev.gantry.agent.node;

import dev.gantry.agent.container.NodeSecurity;
import dev.gantry.agent.container.Security;
import dev.gantry.agent.container.Sysctls;
import dev.gantry.agent.pod.PodFailure;
import dev.gantry.agent.runtime.RuntimeFeatures;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.meta.Resource;
import java.util.Optional;

/**
 * Whether this node can run a pod as the pod wants it, however empty the node is. A pod is refused
 * rather than run less safely than it asked for.
 *
 * <p>Compat: reasons and messages of kubelet's admission.
 */
public final class NodeAbilities {
    private static final String OS = "linux";

    private NodeAbilities() {}

    public static Optional<PodFailure> refusal(
            PodSpec pod, NodeSecurity node, RuntimeFeatures features) {
        return operatingSystem(pod)
                .or(() -> supplementalGroups(pod, features))
                .or(() -> sysctls(pod, node))
                .or(() -> appArmor(pod, node))
                .map(PodAdmission::refused);
    }

    /** Compat: a label of the pod itself counts here; a node selector counts with the others. */
    private static Optional<PodFailure> operatingSystem(PodSpec pod) {
        String label = pod.pod().labels().getOrDefault("kubernetes.io/os", OS);
        if (!label.equals(OS)) {
            return failure(
                    "PodOSSelectorNodeLabelDoesNotMatch",
                    "Failed to admit pod as the `kubernetes.io/os` label doesn't match node label");
        }
        String wanted = Resource.text(pod.spec().path("os"), "name");
        return wanted.isEmpty() || wanted.equals(OS)
                ? Optional.empty()
                : failure(
                        "PodOSNotSupported",
                        "Failed to admit pod as the OS field doesn't match node OS");
    }

    private static Optional<PodFailure> supplementalGroups(PodSpec pod, RuntimeFeatures features) {
        return pod.hasStrictGroups() && !features.hasGroupsPolicy()
                ? failure(
                        "SupplementalGroupsPolicyNotSupported",
                        "SupplementalGroupsPolicy=Strict is not supported in this node")
                : Optional.empty();
    }

    private static Optional<PodFailure> sysctls(PodSpec pod, NodeSecurity node) {
        return Sysctls.problem(pod, node.allowedSysctls())
                .flatMap(each -> failure("SysctlForbidden", "forbidden sysctl: " + each));
    }

    private static Optional<PodFailure> appArmor(PodSpec pod, NodeSecurity node) {
        return node.hasAppArmor() || !Security.needsAppArmor(pod)
                ? Optional.empty()
                : failure(
                        "AppArmor", "Cannot enforce AppArmor: AppArmor is not enabled on the host");
    }

    private static Optional<PodFailure> failure(String reason, String message) {
        return Optional.of(new PodFailure(reason, message));
    }
}
