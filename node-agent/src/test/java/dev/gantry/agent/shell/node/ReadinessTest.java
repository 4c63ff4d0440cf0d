package dev.gantry.agent.shell.node;

import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gantry.agent.network.CniConfig;
import dev.gantry.agent.testing.TestContainerd;
import dev.gantry.agent.testing.TestNode;
import dev.gantry.model.condition.Conditions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node on its way to a network, on a real containerd. */
class ReadinessTest {
    private static final String SLEEPER =
            "{\"hostNetwork\": HOST, \"terminationGracePeriodSeconds\": 0, \"containers\":"
                    + " [{\"name\": \"main\", \"image\": \"IMAGE\", \"command\": [\"sleep\","
                    + " \"1000\"]}]}";

    @TempDir Path plugins;

    @Test
    void waitsForConfigurationAndPluginsButNotWithPodsOnTheHostsNetwork() throws Exception {
        assumeTrue(TestContainerd.isPossible(), "needs root, containerd, runc and CNI plugins");
        for (String each : CniConfig.PLUGINS) {
            link(each);
        }
        Files.delete(plugins.resolve("bridge"));
        try (TestContainerd containerd = TestContainerd.startWithoutNetwork(plugins)) {
            var readiness = new Readiness(containerd.runtime(), plugins, InstantSource.system());
            try (TestNode node = node(containerd, readiness)) {
                becomesReady(containerd, readiness, node);
            }
        }
    }

    private void becomesReady(TestContainerd containerd, Readiness readiness, TestNode node)
            throws IOException {
        assertThat(readiness.look().isReady()).isTrue();
        assertThat(problem(readiness)).contains("cni plugin not initialized");
        node.run("host", SLEEPER.replace("HOST", "true"));
        node.run("web", SLEEPER.replace("HOST", "false"));
        await().until(() -> isReady(node, "host"));
        await().until(() -> node.cluster().wasTold("NetworkNotReady", "not initialized"));
        containerd.configureNetwork();
        String missing = "failed to find plugin \"bridge\" in path [" + plugins + "]";
        await().until(() -> problem(readiness).contains(missing));
        await().until(() -> node.cluster().wasTold("NetworkNotReady", missing));
        assertThat(isReady(node, "web")).isFalse();
        link("bridge");
        await().until(() -> isReady(node, "web"));
        assertThat(readiness.look().isNetworkReady()).isTrue();
        assertThat(node.cluster().wasTold("FailedCreatePodSandBox", ""))
                .as("never tried while it could not work")
                .isFalse();
    }

    private static TestNode node(TestContainerd containerd, Readiness readiness) {
        return new TestNode(
                containerd.runtime(),
                containerd.root().resolve("agent"),
                containerd.cgroupParent(),
                readiness::networkProblem);
    }

    private void link(String plugin) throws IOException {
        Files.createSymbolicLink(plugins.resolve(plugin), TestContainerd.PLUGINS.resolve(plugin));
    }

    private static String problem(Readiness readiness) {
        Optional<String> found = readiness.look().networkProblem();
        return found.orElse("");
    }

    private static boolean isReady(TestNode node, String pod) {
        return Conditions.isTrue(node.status(pod).path("conditions"), "Ready");
    }
}
