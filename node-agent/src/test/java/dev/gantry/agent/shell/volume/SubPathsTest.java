package dev.gantry.agent.shell.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gantry.agent.runtime.RuntimeFeatures.HandlerFeatures;
import dev.gantry.agent.runtime.container.Mount;
import dev.gantry.agent.shell.kernel.Mounts;
import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.NodeFacts;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.agent.testing.FakeCluster;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Parts of volumes, in front of containers that mean no good. */
class SubPathsTest {
    private static final int ROUNDS = 2000;
    private static final String SECRET = "of the host";
    private static final NodeFacts NODE =
            new NodeFacts("n", List.of(), List.of(), "cluster.local", new TreeMap<>());

    @TempDir Path root;

    private PodFolders folders;
    private PodVolumes volumes;
    private Path host;

    @BeforeEach
    void prepare() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        folders = new PodFolders(root.resolve("agent"));
        volumes =
                new PodVolumes(
                        folders,
                        new FakeCluster(),
                        new ImageMounts(folders.root().resolve("none.sock")),
                        InstantSource.system());
        host = Files.createDirectories(root.resolve("host"));
        Files.writeString(host.resolve("file"), SECRET);
    }

    @AfterEach
    void nothingStaysMounted() throws IOException {
        if (folders != null) {
            PodSpec pod = pod("x");
            volumes.release(pod);
            Mounts.unmountAll(folders.terminationLogs(pod));
            assertThat(Files.readString(Path.of("/proc/self/mounts"))).doesNotContain("" + root);
        }
    }

    @Test
    void neverShowsWhatAFolderWasExchangedFor() throws Exception {
        PodSpec pod = pod("part");
        volumes.prepare(pod, NODE);
        Path part = Files.createDirectories(volume(pod).resolve("part"));
        Files.writeString(part.resolve("file"), "of the pod");
        int bound = 0;
        var attacker = new SwappedFolder(part, host);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                bound += attack(pod);
            }
        } finally {
            attacker.stop();
        }
        assertThat(bound).as("rounds in which something was mounted").isPositive();
    }

    /** Returns one where the container would have been started. */
    private int attack(PodSpec pod) throws IOException {
        try {
            Path seen = Path.of(mount(pod).hostPath());
            // The runtime looks the path up later, and perhaps more than once.
            assertThat(SwappedFolder.read(seen.resolve("file"))).isNotEqualTo(SECRET);
            assertThat(SwappedFolder.read(seen.resolve("file"))).isNotEqualTo(SECRET);
            return 1;
        } catch (VolumeFault refused) {
            assertThat(refused).hasMessageStartingWith("failed to prepare subPath");
            return 0;
        }
    }

    @Test
    void neverMakesAFolderBehindALink() throws Exception {
        volumes.prepare(pod("x"), NODE);
        Path part = Files.createDirectories(volume(pod("x")).resolve("part"));
        var attacker = new SwappedFolder(part, host);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                attack(pod("part/made-" + round + "/deeper"));
            }
        } finally {
            attacker.stop();
        }
        try (Stream<Path> there = Files.list(host)) {
            assertThat(there).containsExactly(host.resolve("file"));
        }
    }

    @Test
    void refusesLinksAndDotsThatLeadOut() throws IOException {
        volumes.prepare(pod("x"), NODE);
        Path volume = volume(pod("x"));
        Files.createSymbolicLink(volume.resolve("absolute"), host);
        Files.createSymbolicLink(volume.resolve("relative"), volume.relativize(host));
        Files.createSymbolicLink(volume.resolve("magic"), Path.of("/proc/self/root"));
        for (String each :
                List.of("absolute", "relative", "magic", "absolute/new", "../../x", "/etc")) {
            assertThatThrownBy(() -> mount(pod(each)))
                    .as(each)
                    .isInstanceOf(VolumeFault.class)
                    .hasMessage(
                            "failed to prepare subPath for volumeMount \"data\" of container"
                                    + " \"main\"");
        }
        assertThat(host.resolve("new")).doesNotExist();
    }

    @Test
    void makesWhatIsMissingWithTheVolumesOwnMode() throws IOException {
        PodSpec pod = pod("new/deeper");
        volumes.prepare(pod, NODE);
        Path seen = Path.of(mount(pod).hostPath());
        Files.writeString(seen.resolve("file"), "words");
        Path made = volume(pod).resolve("new/deeper");
        assertThat(made.resolve("file")).hasContent("words");
        assertThat((int) Files.getAttribute(made, "unix:mode") & 0777).isEqualTo(0777);
    }

    @Test
    void bindsAnewForEachTryOfAContainer() throws IOException {
        PodSpec pod = pod("part");
        volumes.prepare(pod, NODE);
        Path part = volume(pod).resolve("part");
        Files.writeString(part, "a file");
        assertThat(Path.of(mount(pod).hostPath())).hasContent("a file");
        Files.delete(part);
        Files.createDirectories(part);
        assertThat(Path.of(mount(pod).hostPath())).isEmptyDirectory();
        Files.delete(part);
        Path inside = Files.createDirectories(volume(pod).resolve("inside"));
        Files.createSymbolicLink(part, Path.of("inside"));
        Files.writeString(inside.resolve("file"), "within");
        assertThat(Path.of(mount(pod).hostPath()).resolve("file")).hasContent("within");
    }

    private Mount mount(PodSpec pod) {
        ContainerSpec main = pod.containers().getFirst();
        return new ContainerMounts(volumes, folders)
                .of(pod, main, Map.of(), HandlerFeatures.NONE)
                .getFirst();
    }

    private Path volume(PodSpec pod) {
        return folders.volumes(pod).resolve("kubernetes.io~empty-dir/data");
    }

    private static PodSpec pod(String subPath) {
        String json =
                """
                {"metadata": {"name": "web", "namespace": "default", "uid": "uid-1"},
                 "spec": {"volumes": [{"name": "data", "emptyDir": {}}],
                          "containers": [{"name": "main", "volumeMounts": [
                            {"name": "data", "mountPath": "/data", "subPath": "SUB"}]}]}}
                """
                        .replace("SUB", subPath);
        return new PodSpec(new Resource((ObjectNode) JsonMapper.shared().readTree(json)));
    }
}
