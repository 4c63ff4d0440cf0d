package dev.gantry.agent.shell.volume;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gantry.agent.shell.kernel.Mounts;
import dev.gantry.agent.spec.NodeFacts;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.agent.testing.FakeCluster;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is secret stays in memory, and with its owner. */
class PodVolumesTest {
    private static final NodeFacts NODE =
            new NodeFacts("n", List.of(), List.of(), "cluster.local", new TreeMap<>());

    @TempDir Path root;

    private final FakeCluster cluster = new FakeCluster();
    private PodFolders folders;
    private PodVolumes volumes;

    @BeforeEach
    void prepare() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root");
        folders = new PodFolders(root);
        folders.prepare();
        volumes =
                new PodVolumes(
                        folders,
                        cluster,
                        new ImageMounts(folders.root().resolve("none.sock")),
                        InstantSource.system());
        cluster.put(object("Secret", "key", encoded("one")), "secrets");
    }

    @AfterEach
    void unmount() throws IOException {
        Mounts.unmountAllBelow(root);
    }

    @Test
    void keepsSecretsAndTokensInMemoryOnlyForAsLongAsThePodIsThere() throws IOException {
        PodSpec pod = pod("{}");
        volumes.prepare(pod, NODE);
        Path secret = volume(pod, "kubernetes.io~secret/secret");
        Path token = volume(pod, "kubernetes.io~projected/token");
        assertThat(List.of(secret, token)).allMatch(each -> type(each).equals("tmpfs"));
        assertThat(secret.resolve("key")).hasContent("one");
        volumes.prepare(pod, NODE);
        assertThat(mounts(pod)).as("one for each, one for termination messages").isEqualTo(3);
        volumes.release(pod);
        assertThat(mounts(pod)).as("that for termination messages").isEqualTo(1);
        assertThat(secret).doesNotExist();
    }

    @Test
    void writesNothingAnewForAPodWhoseVolumesAreGone() throws Exception {
        PodSpec pod = pod("{}");
        volumes.prepare(pod, NODE);
        Path secret = volume(pod, "kubernetes.io~secret/secret");
        cluster.put(object("Secret", "key", encoded("two")), "secrets");
        var hold = cluster.hold(new ObjectKey(new GroupResource("", "secrets"), "default", "s"));
        Thread refresh = Thread.ofVirtual().start(() -> volumes.refresh(pod, NODE));
        hold.awaitAsked();
        volumes.release(pod);
        hold.letGo();
        refresh.join();
        assertThat(secret).doesNotExist();
        assertThat(mounts(pod)).as("that for termination messages").isEqualTo(1);
    }

    @Test
    void hasRoomForTheLastWordsOfContainersThatComeLater() throws IOException {
        PodSpec pod = pod("{}");
        volumes.prepare(pod, NODE);
        Path first = folders.terminationLog(pod, pod.mains().getFirst(), 0);
        Files.createDirectories(first.getParent());
        Files.writeString(first, "kept");
        ObjectNode tree = pod.pod().copy().tree();
        ((ObjectNode) tree.path("spec"))
                .putArray("ephemeralContainers")
                .addObject()
                .put("name", "look");
        PodSpec looked = new PodSpec(new Resource(tree));
        new ContainerMounts(volumes, folders)
                .terminationLog(looked, looked.ephemerals().getFirst(), 0);
        assertThat(Files.getFileStore(first).getTotalSpace()).isEqualTo(2 * (128 << 10));
        assertThat(first).hasContent("kept");
    }

    @Test
    void changesASecretWithinItsMemory() throws IOException {
        PodSpec pod = pod("{}");
        volumes.prepare(pod, NODE);
        Path secret = volume(pod, "kubernetes.io~secret/secret");
        cluster.put(object("Secret", "key", encoded("x".repeat(1 << 20))), "secrets");
        volumes.refresh(pod, NODE);
        cluster.put(object("Secret", "key", encoded("y".repeat(1 << 20))), "secrets");
        volumes.refresh(pod, NODE);
        assertThat(Files.readString(secret.resolve("key"))).isEqualTo("y".repeat(1 << 20));
    }

    @Test
    void givesATokenToTheOneUserOfThePod() throws IOException {
        PodSpec pod = pod("{\"runAsUser\": 1000}");
        volumes.prepare(pod, NODE);
        Path token = volume(pod, "kubernetes.io~projected/token").resolve("token").toRealPath();
        assertThat(Files.getAttribute(token, "unix:uid")).isEqualTo(1000);
        assertThat((int) Files.getAttribute(token, "unix:mode") & 0777).isEqualTo(0600);
    }

    @Test
    void letsTheGroupOfThePodReadItsToken() throws IOException {
        PodSpec pod = pod("{\"fsGroup\": 2000}");
        volumes.prepare(pod, NODE);
        Path token = volume(pod, "kubernetes.io~projected/token").resolve("token").toRealPath();
        assertThat(Files.getAttribute(token, "unix:gid")).isEqualTo(2000);
        assertThat((int) Files.getAttribute(token, "unix:mode") & 0777).isEqualTo(0640);
    }

    @Test
    void letsNobodyElseIntoTheFolderOfPods() throws IOException {
        assertThat((int) Files.getAttribute(folders.pods(), "unix:mode") & 0777).isEqualTo(0700);
    }

    private Path volume(PodSpec pod, String name) {
        return folders.volumes(pod).resolve(name);
    }

    private static String type(Path folder) {
        try {
            return Files.getFileStore(folder).type();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private long mounts(PodSpec pod) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                .filter(each -> each.contains(folders.of(pod).toString()))
                .count();
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    private static Resource object(String kind, String key, String value) {
        ObjectNode tree = JsonMapper.shared().createObjectNode();
        tree.put("apiVersion", "v1").put("kind", kind);
        tree.putObject("metadata").put("name", "s").put("namespace", "default");
        tree.putObject("data").put(key, value);
        return new Resource(tree);
    }

    private static PodSpec pod(String security) {
        String json =
                """
                {"metadata": {"name": "web", "namespace": "default", "uid": "uid-1"},
                 "spec": {"securityContext": SECURITY,
                          "volumes": [{"name": "secret", "secret": {"secretName": "s"}},
                                      {"name": "token", "projected": {"sources": [{"serviceAccountToken": {"path": "token"}}]}}],
                          "containers": [{"name": "main"}]}}
                """
                        .replace("SECURITY", security);
        return new PodSpec(new Resource((ObjectNode) JsonMapper.shared().readTree(json)));
    }
}
