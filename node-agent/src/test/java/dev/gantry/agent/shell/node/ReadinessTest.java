package dev.gantry.agent.shell.node;

import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gantry.agent.network.CniConfig;
import dev.gantry.agent.runtime.CgroupDriver;
import dev.gantry.agent.runtime.RuntimeFeatures;
import dev.gantry.agent.runtime.RuntimeHealth;
import dev.gantry.agent.testing.FakeRuntime;
import dev.gantry.agent.testing.TestContainerd;
import dev.gantry.agent.testing.TestNode;
import dev.gantry.model.condition.Conditions;
import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node on its way to a network, on a real containerd. */
class ReadinessTest {
    private static final String SLEEPER =
            "{\"hostNetwork\": HOST, \"terminationGracePeriodSeconds\": 0, \"containers\":"
                    + " [{\"name\": \"main\", \"image\": \"IMAGE\", \"command\": [\"sleep\","
                    + " \"1000\"]}]}";

    private static final FileAttribute<?> EXECUTABLE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private static final Duration SOON = Duration.ofMillis(10);

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

    @Test
    void aRuntimeWhoseCgroupsAreSystemdsIsNotReady() throws IOException {
        for (String each : CniConfig.PLUGINS) {
            Files.createFile(plugins.resolve(each), EXECUTABLE);
        }
        var runtime = new FakeRuntime();
        var readiness = new Readiness(runtime, plugins, InstantSource.system());
        assertThat(readiness.look()).isEqualTo(RuntimeHealth.GOOD);
        runtime.goAway();
        assertThat(readiness.look().isReady()).isFalse();
        runtime.leavesCgroupsTo(CgroupDriver.SYSTEMD);
        runtime.comeBack();
        assertThat(readiness.look().runtimeProblem()).get().asString().contains("systemd");
        assertThat(readiness.look().isReady()).isFalse();
        runtime.leavesCgroupsTo(CgroupDriver.CGROUPFS);
        assertThat(readiness.look()).isEqualTo(RuntimeHealth.GOOD);
    }

    @Test
    void whatTheRuntimeCanIsRememberedWhileItIsAway() {
        var runtime = new FakeRuntime();
        var able = new RuntimeFeatures(new TreeMap<>(), Optional.of(true));
        runtime.can(able);
        var readiness = new Readiness(runtime, plugins, InstantSource.system());
        assertThat(readiness.features()).isEqualTo(able);
        runtime.goAway();
        readiness.look();
        assertThat(readiness.features()).isEqualTo(able);
        runtime.comeBack();
        runtime.can(RuntimeFeatures.NONE);
        readiness.look();
        assertThat(readiness.features()).isEqualTo(RuntimeFeatures.NONE);
    }

    @Test
    void aRuntimeThatHangsKeepsNobodyWaiting() throws Exception {
        for (String each : CniConfig.PLUGINS) {
            Files.createFile(plugins.resolve(each), EXECUTABLE);
        }
        var runtime = new FakeRuntime();
        var readiness = new Readiness(runtime, plugins, InstantSource.system());
        assertThat(readiness.lookWithin(Patience.LIMIT)).isEqualTo(RuntimeHealth.GOOD);
        runtime.fallAsleep();
        assertThat(readiness.lookWithin(SOON)).isEqualTo(RuntimeHealth.GOOD);
        runtime.wakeUp();
        assertThat(readiness.lookWithin(Patience.LIMIT)).isEqualTo(RuntimeHealth.GOOD);
        runtime.goAway();
        assertThat(readiness.lookWithin(Patience.LIMIT).isReady()).isFalse();
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
