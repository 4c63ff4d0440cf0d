package dev.gantry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.testkit.Patience;
import java.nio.file.Path;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A cluster without CNI plugins says so, and what to do, instead of that it is ready. */
@Order(10)
@Execution(ExecutionMode.CONCURRENT)
final class UnreadyNodesTest {
    @Test
    void aClusterWhoseNodesCannotRunPodsIsNotReady(@TempDir Path withoutPlugins) {
        try (var cluster =
                Cluster.notStarted("unready", 45, "GANTRY_NODE_CNI_BIN_DIR=" + withoutPlugins)) {
            // Where the machine is busy, it says at first that the processes are not ready, or what
            // the node says while it starts.
            Cluster.Result up =
                    Patience.await()
                            .atMost(Patience.COMMAND)
                            .until(
                                    () -> cluster.launcher("up", "--nodes=1", "--node-patience=3"),
                                    each ->
                                            each.code() == 0
                                                    || each.errors()
                                                            .contains("failed to find plugin"));

            assertThat(up.code()).isEqualTo(1);
            assertThat(up.out()).doesNotContain("All ready", "The cluster is up");
            assertThat(up.errors())
                    .contains("node-1 is not Ready: KubeletNotReady")
                    .contains("failed to find plugin", withoutPlugins.toString())
                    .contains("apt-get install containernetworking-plugins");
        }
    }
}
