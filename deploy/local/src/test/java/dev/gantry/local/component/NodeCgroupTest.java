package dev.gantry.local.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gantry.local.instance.Instance;
import dev.gantry.local.instance.NodePlace;
import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In the cgroups of this machine, in a slot that no test has a cluster in. */
final class NodeCgroupTest {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    private final NodePlace node = new Instance(Path.of("/nowhere"), ROOT, 93, 1).node(1);
    private final NodeCgroup cgroup = new NodeCgroup(node);
    private Process container;

    @BeforeEach
    void startInEachHierarchy() throws IOException {
        assumeTrue(Files.isWritable(ROOT), "needs root, and cgroups that may be written");
        StringBuilder script = new StringBuilder("set -e\n");
        for (Path each : hierarchies()) {
            Path pod = each.resolve(node.namespace()).resolve("kubepods/pod1");
            script.append("mkdir -p %1$s; echo $$ >%1$s/cgroup.procs%n".formatted(pod));
        }
        script.append("echo inside; exec sleep 1000\n");
        container = new ProcessBuilder("sh", "-c", script.toString()).start();
        assertThat(container.inputReader().readLine()).isEqualTo("inside");
    }

    @AfterEach
    void end() throws IOException, InterruptedException {
        if (container != null) {
            container.destroyForcibly().waitFor();
            cgroup.remove();
        }
    }

    /** Those of version 1 have a folder each; one of version 2 is the whole. */
    private static List<Path> hierarchies() throws IOException {
        try (Stream<Path> folders = Files.list(ROOT)) {
            List<Path> found =
                    folders.filter(each -> Files.exists(each.resolve("release_agent")))
                            // Who enters one of these needs cpus and memory of its own first.
                            .filter(each -> !each.endsWith("cpuset"))
                            .toList();
            return found.isEmpty() ? List.of(ROOT) : found;
        }
    }

    @Test
    void goesWithTheProcessesThatAreStillInIt() throws IOException {
        assertThat(cgroup.exists()).isTrue();
        cgroup.remove();
        assertThat(cgroup.exists()).isFalse();
        Patience.await().until(() -> !container.isAlive());
    }
}
