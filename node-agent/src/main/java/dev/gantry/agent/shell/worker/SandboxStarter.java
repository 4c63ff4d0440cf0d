package dev.gantry.agent.shell.worker;

import dev.gantry.agent.container.ResolverFile;
import dev.gantry.agent.container.SandboxConfigs;
import dev.gantry.agent.edge.EdgeFault;
import dev.gantry.agent.runtime.RuntimeFault;
import dev.gantry.agent.runtime.sandbox.SandboxConfig;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/** One try to make a pod's sandbox, by the handler that its RuntimeClass names. */
final class SandboxStarter {
    /** The reason of events and failures. */
    static final String FAILED = "FailedCreatePodSandBox";

    private final NodeParts parts;

    SandboxStarter(NodeParts parts) {
        this.parts = parts;
    }

    void start(PodSpec pod, int attempt) throws StartFailure {
        try {
            String handler = handler(pod);
            Optional<String> problem =
                    SandboxConfigs.problem(
                            pod, parts.node().facts(), handler, parts.node().features().get());
            if (problem.isPresent()) {
                throw new StartFailure(FAILED, problem.get());
            }
            PodCgroup.prepare(
                    parts.node().cgroupRoot(), pod, parts.node().security().maxProcesses());
            Files.createDirectories(parts.storage().folders().logs(pod));
            parts.runtime().runSandbox(config(pod, attempt), handler);
        } catch (RuntimeFault fault) {
            throw new StartFailure(FAILED, fault.said());
        } catch (EdgeFault | IOException fault) {
            throw new StartFailure(FAILED, String.valueOf(fault.getMessage()));
        }
    }

    /** As it is told to the runtime again for each container of the sandbox. */
    SandboxConfig config(PodSpec pod, int attempt) throws IOException {
        var dns = ResolverFile.of(pod, parts.node().facts(), parts.node().resolver());
        var places =
                new SandboxConfigs.Places(
                        parts.storage().folders().logs(pod).toString(),
                        pod.cgroup(parts.node().cgroupRoot()),
                        parts.storage().userIds().of(pod));
        return SandboxConfigs.of(pod, attempt, parts.node().facts(), dns, places);
    }

    /** Compat: a pod never runs by another handler than that of its class, as it is now. */
    private String handler(PodSpec pod) throws StartFailure {
        String name = Resource.text(pod.spec(), "runtimeClassName");
        if (name.isEmpty()) {
            return "";
        }
        var key = new ObjectKey(Resources.RUNTIME_CLASSES, "", name);
        Resource found =
                parts.cluster()
                        .objects()
                        .get(key)
                        .orElseThrow(
                                () ->
                                        new StartFailure(
                                                FAILED,
                                                "runtimeclass.node.k8s.io \"%s\" not found"
                                                        .formatted(name)));
        return Resource.text(found.tree(), "handler");
    }
}
