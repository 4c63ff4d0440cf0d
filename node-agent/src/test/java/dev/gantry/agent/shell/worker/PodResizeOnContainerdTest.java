package dev.gantry.agent.shell.worker;

import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.pod.PodResize;
import dev.gantry.agent.resize.PodLimits;
import dev.gantry.agent.runtime.container.ContainerEntry;
import dev.gantry.agent.runtime.container.ContainerState;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import dev.gantry.testkit.Patience;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Pods that are resized, on a real containerd and in real cgroups. */
class PodResizeOnContainerdTest extends NodeOnContainerd {
    @Test
    void resizesAPodAsItRunsAndItsCgroupWithIt() throws Exception {
        String small = resources("100m", "64Mi");
        Resource pod = node.run("resized", one("\"resources\": " + small));
        await().until(() -> isReady("resized"));
        String cgroup = PodCgroup.name(containerd.cgroupParent(), new PodSpec(pod));
        assertThat(CgroupFiles.OF_MACHINE.read(cgroup))
                .isEqualTo(new PodLimits(102, 10_000, 64 << 20));
        Resource larger = node.resize(pod, resources("200m", "128Mi"));
        await().until(() -> isResizedTo("resized", "200m", "128Mi"));
        assertThat(memoryLimitSeenBy(pod)).isEqualTo(128 << 20);
        assertThat(CgroupFiles.OF_MACHINE.read(cgroup))
                .isEqualTo(new PodLimits(204, 20_000, 128 << 20));
        exec(pod, "main", "sh", "-c", "head -c 40000000 /dev/zero > /dev/shm/held");
        Resource smaller = node.resize(larger, resources("200m", "16Mi"));
        await().until(() -> node.cluster().wasTold("ResizeError", "cannot decrease memory limits"));
        exec(pod, "main", "rm", "/dev/shm/held");
        await().until(() -> isResizedTo("resized", "200m", "16Mi"));
        assertThat(memoryLimitSeenBy(pod)).isEqualTo(16 << 20);
        assertThat(node.container("resized").path("restartCount").asInt()).isZero();
        node.delete(smaller, 0);
        await().until(() -> node.cluster().lastReport("resized").orElseThrow().isGone());
    }

    @Test
    void restartsAContainerWhosePolicySaysSo() {
        String policy =
                "\"resizePolicy\": [{\"resourceName\": \"memory\", \"restartPolicy\": \"RestartContainer\"}], \"resources\": ";
        Resource pod = node.run("again", one(policy + resources("100m", "64Mi")));
        await().until(() -> isReady("again"));
        Resource larger = node.resize(pod, resources("100m", "128Mi"));
        await().until(
                        () ->
                                node.container("again").path("restartCount").asInt() == 1
                                        && isReady("again")
                                        && isResizedTo("again", "100m", "128Mi"));
        assertThat(memoryLimitSeenBy(pod)).isEqualTo(128 << 20);
        await().until(
                        () ->
                                node.cluster()
                                        .wasTold(
                                                "Killing",
                                                "Container main resize requires restart"));
        node.delete(larger, 0);
        await().until(() -> node.cluster().lastReport("again").orElseThrow().isGone());
    }

    private boolean isResizedTo(String pod, String cpu, String memory) {
        JsonNode limits = node.container(pod).path("resources").path("limits");
        boolean isOver =
                Conditions.find(node.status(pod).path("conditions"), PodResize.IN_PROGRESS)
                        .isEmpty();
        return isOver
                && Resource.text(limits, "cpu").equals(cpu)
                && Resource.text(limits, "memory").equals(memory);
    }

    private long memoryLimitSeenBy(Resource pod) {
        String files =
                "cat /sys/fs/cgroup/memory/memory.limit_in_bytes || cat /sys/fs/cgroup/memory.max";
        return Long.parseLong(exec(pod, "main", "sh", "-c", files).strip());
    }

    private static String resources(String cpu, String memory) {
        return "{\"limits\": {\"cpu\": \"%1$s\", \"memory\": \"%2$s\"}, \"requests\": {\"cpu\": \"%1$s\", \"memory\": \"%2$s\"}}"
                .formatted(cpu, memory);
    }

    private boolean isReady(String pod) {
        return Conditions.isTrue(node.status(pod).path("conditions"), "Ready");
    }

    private String exec(Resource pod, String container, String... command) {
        ContainerEntry running =
                node.runtime().containersOf(pod.uid().value()).stream()
                        .filter(each -> each.name().equals(container))
                        .filter(each -> each.state() == ContainerState.RUNNING)
                        .findFirst()
                        .orElseThrow();
        return node.runtime().exec(running.id(), List.of(command), Patience.LIMIT).output();
    }

    private static String one(String fields) {
        return "{\"terminationGracePeriodSeconds\": 1, \"containers\": [{\"name\": \"main\", \"image\": \"IMAGE\", \"command\": [\"sleep\", \"1000\"], "
                + fields
                + "}]}";
    }
}
