package dev.gantry.agent.shell.volume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.pod.PodDirectory;
import dev.gantry.agent.testing.FakeCluster;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ClaimMetricsTest {
    private static final String POD =
            """
            {"metadata":{"name":"%s","namespace":"default","uid":"%s"},
             "spec":{"volumes":[{"name":"data","persistentVolumeClaim":{"claimName":"%s"}}]}}
            """;

    @TempDir private Path root;

    @Test
    void tellHowFullTheFileSystemBehindAClaimIsOnceForAllItsPods() throws IOException {
        Path disk = Files.createDirectories(root.resolve("disk"));
        link("one", disk);
        link("two", disk);
        link("far", root.resolve("nfs/export/mount"));
        String text =
                text(
                        POD.formatted("one", "one", "data"),
                        POD.formatted("two", "two", "data"),
                        POD.formatted("far", "far", "shared"),
                        POD.formatted("new", "new", "unprepared"));
        FileStore store = Files.getFileStore(disk);

        assertThat(text.lines())
                .contains(
                        "# TYPE kubelet_volume_stats_capacity_bytes gauge",
                        "kubelet_volume_stats_capacity_bytes{namespace=\"default\",persistentvolumeclaim=\"data\"} "
                                + store.getTotalSpace())
                .filteredOn(line -> line.startsWith("kubelet_volume_stats_"))
                .extracting(line -> line.replaceAll("\\{.*", ""))
                .containsExactly(
                        "kubelet_volume_stats_capacity_bytes",
                        "kubelet_volume_stats_available_bytes",
                        "kubelet_volume_stats_used_bytes",
                        "kubelet_volume_stats_inodes",
                        "kubelet_volume_stats_inodes_free",
                        "kubelet_volume_stats_inodes_used");
    }

    private void link(String pod, Path behind) throws IOException {
        Path link = root.resolve("pods").resolve(pod).resolve("volumes/kubernetes.io~claim/data");
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, behind);
    }

    private String text(String... pods) {
        List<Resource> all =
                List.of(pods).stream()
                        .map(each -> new Resource((ObjectNode) JsonMapper.shared().readTree(each)))
                        .toList();
        var directory =
                new PodDirectory() {
                    @Override
                    public Optional<Resource> pod(String namespace, String name) {
                        return Optional.empty();
                    }

                    @Override
                    public List<Resource> pods() {
                        return all;
                    }
                };
        var volumes =
                new PodVolumes(
                        new PodFolders(root),
                        new FakeCluster(),
                        new ImageMounts(root.resolve("none.sock")),
                        InstantSource.system());
        var text = new StringBuilder();
        new ClaimMetrics(directory, volumes).append(text);
        return text.toString();
    }
}
