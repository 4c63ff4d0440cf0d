package dev.gantry.agent.shell.worker;

import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.runtime.container.ContainerEntry;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Volumes that are images, on a real containerd. */
class ImageVolumeTest extends NodeOnContainerd {
    @Test
    void anImageIsSeenWholeOrInPartAndNotWrittenTo() throws IOException {
        Resource pod =
                node.run(
                        "shows",
                        """
                        {"terminationGracePeriodSeconds": 1,
                         "volumes": [{"name": "tools", "image": {"reference": "IMAGE", "pullPolicy": "IfNotPresent"}}],
                         "containers": [{"name": "main", "image": "IMAGE", "command": ["sleep", "1000"],
                           "volumeMounts": [{"name": "tools", "mountPath": "/all"}, {"name": "tools", "mountPath": "/part", "subPath": "bin"}]}]}
                        """);
        await().until(() -> Conditions.isTrue(node.status("shows").path("conditions"), "Ready"));
        assertThat(exec(pod, "ls /all/bin/busybox /part/busybox"))
                .contains("/all/bin/busybox", "/part/busybox");
        assertThat(exec(pod, "touch /all/new 2>&1; touch /part/new 2>&1"))
                .containsSubsequence("Read-only", "Read-only");
        assertThat(mounts(pod)).anyMatch(each -> each.contains("kubernetes.io~image/tools"));
        node.delete(pod, 0);
        await().until(() -> node.cluster().lastReport("shows").orElseThrow().isGone());
        assertThat(mounts(pod)).isEmpty();
    }

    @Test
    void anImageThatCannotBeHadIsToldAsThatOfAContainer() {
        node.run(
                "lacks",
                """
                {"volumes": [{"name": "data", "image": {"reference": "localhost/none:1", "pullPolicy": "Never"}}],
                 "containers": [{"name": "main", "image": "IMAGE", "command": ["sleep", "1000"],
                   "volumeMounts": [{"name": "data", "mountPath": "/data"}]}]}
                """);
        await().until(
                        () ->
                                Resource.text(
                                                node.container("lacks")
                                                        .path("state")
                                                        .path("waiting"),
                                                "reason")
                                        .equals("ErrImageNeverPull"));
        await().until(() -> node.cluster().wasTold("ErrImageNeverPull", "localhost/none:1"));
    }

    private String exec(Resource pod, String script) {
        ContainerEntry running = node.runtime().containersOf(pod.uid().value()).getFirst();
        return node.runtime()
                .exec(running.id(), List.of("sh", "-c", script), Patience.LIMIT)
                .output();
    }

    private static List<String> mounts(Resource pod) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                .filter(each -> each.contains("pods/" + pod.uid()))
                .toList();
    }
}
