package dev.gantry.agent.shell.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.shell.command.Commands;
import dev.gantry.agent.shell.volume.PodFolders;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.agent.volume.VolumeSpec;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class LocalStorageUseTest {
    @TempDir Path root;

    @Test
    void findsThePodWhoseVolumeGrewTooLarge() throws IOException {
        var folders = new PodFolders(root);
        PodSpec small = pod("small");
        PodSpec large = pod("large");
        fill(folders, small, 1 << 10);
        fill(folders, large, 3 << 20);
        var use = new LocalStorageUse(folders, new Commands(List.of()));
        assertThat(use.excesses(List.of(small, large), List.of()))
                .containsOnlyKeys(large.uid())
                .containsValue("Usage of EmptyDir volume \"cache\" exceeds the limit \"2Mi\". ");
    }

    @Test
    void startsNoProgramForPodsWithoutLimits() {
        PodSpec free = pod("free");
        ((ObjectNode) free.spec().path("volumes").get(0).path("emptyDir")).remove("sizeLimit");
        var use = new LocalStorageUse(new PodFolders(root), new Commands(List.of("/none/at/all")));
        assertThat(use.excesses(List.of(free), List.of())).isEmpty();
    }

    private static void fill(PodFolders folders, PodSpec pod, int bytes) throws IOException {
        VolumeSpec volume = VolumeSpec.of(pod.spec()).getFirst();
        Path folder = Files.createDirectories(folders.volume(pod, volume));
        Files.write(folder.resolve("file"), new byte[bytes]);
    }

    private static PodSpec pod(String name) {
        ObjectNode tree = JsonMapper.shared().createObjectNode();
        tree.putObject("metadata")
                .put("name", name)
                .put("namespace", "default")
                .put("uid", "uid-of-" + name);
        tree.set(
                "spec",
                JsonMapper.shared()
                        .readTree(
                                """
                                {"volumes": [{"name": "cache", "emptyDir": {"sizeLimit": "2Mi"}}],
                                 "containers": [{"name": "main"}]}
                                """));
        return new PodSpec(new Resource(tree));
    }
}
