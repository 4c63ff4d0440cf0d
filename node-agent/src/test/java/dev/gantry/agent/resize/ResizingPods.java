package dev.gantry.agent.resize;

import dev.gantry.agent.container.ResourceLimits;
import dev.gantry.agent.runtime.container.ContainerState;
import dev.gantry.agent.runtime.container.ContainerStatus;
import dev.gantry.agent.runtime.container.ImageUse;
import dev.gantry.agent.runtime.container.LinuxResources;
import dev.gantry.agent.runtime.container.RuntimeLabels;
import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Pods and containers by their resources, for tests. */
final class ResizingPods {
    private ResizingPods() {}

    /**
     * @param spec in JSON with single quotes
     */
    static PodSpec pod(String spec) {
        ObjectNode tree = JsonMapper.shared().createObjectNode();
        tree.put("apiVersion", "v1").put("kind", "Pod");
        tree.putObject("metadata").put("name", "web").put("uid", "uid-1").put("generation", 2);
        tree.set("spec", JsonMapper.shared().readTree(spec.replace('\'', '"')));
        return new PodSpec(new Resource(tree));
    }

    /** A pod of one container, called a. */
    static PodSpec one(String resources) {
        return pod("{'containers':[{'name':'a','resources':" + resources + "}]}");
    }

    static ContainerSpec container(String name, String resources, String more) {
        String tree = "{'name':'%s','resources':%s%s}".formatted(name, resources, more);
        return new ContainerSpec(
                JsonMapper.shared().readTree(tree.replace('\'', '"')), ContainerSpec.Role.MAIN);
    }

    /** Runs as the given one was made. */
    static ContainerStatus running(ContainerSpec made) {
        return running(made, Optional.of(ResourceLimits.of(made.resources(), 0)));
    }

    /**
     * @param told by the runtime
     */
    static ContainerStatus running(ContainerSpec made, Optional<LinuxResources> told) {
        return new ContainerStatus(
                new ContainerStatus.Identity("id-" + made.name(), made.name(), 0),
                ContainerState.RUNNING,
                new ContainerStatus.Times(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH),
                ContainerStatus.Exit.NONE,
                new ImageUse("i", "i"),
                told,
                Optional.empty(),
                "",
                new TreeMap<>(),
                new TreeMap<>(
                        Map.of(
                                RuntimeLabels.MADE_WITH_CPU,
                                ResourceLimits.cpuWords(made),
                                RuntimeLabels.MADE_WITH_MEMORY,
                                ResourceLimits.memoryWords(made))));
    }

    /** How a container that was made one way comes to be another. */
    static ResourceChange change(String name, String before, String after) {
        return ResourceChange.of(container(name, after, ""), running(container(name, before, "")))
                .orElseThrow();
    }
}
