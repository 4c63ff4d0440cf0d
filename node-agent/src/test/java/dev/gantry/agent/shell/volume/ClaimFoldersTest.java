package dev.gantry.agent.shell.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gantry.agent.spec.PodSpec;
import dev.gantry.agent.testing.FakeCluster;
import dev.gantry.agent.volume.VolumeSpec;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ClaimFoldersTest {
    @TempDir private Path root;

    private final FakeCluster cluster = new FakeCluster();

    @Test
    void remembersTheFolderWhileTheClusterIsAway() throws IOException {
        Path disk = Files.createDirectories(root.resolve("disk"));
        bound(disk);
        PodSpec pod = pod("");
        folders().prepare(pod, "n1", data(pod));
        cluster.goAway();
        ClaimFolders restarted = folders();
        restarted.prepare(pod, "n1", data(pod));

        assertThat(restarted.path(pod, data(pod))).isEqualTo(disk);
    }

    @Test
    void cleaningUpAfterAPodLeavesTheData() throws IOException {
        Path disk = Files.createDirectories(root.resolve("disk"));
        Files.writeString(disk.resolve("precious"), "x");
        bound(disk);
        PodSpec pod = pod("");
        folders().prepare(pod, "n1", data(pod));
        FileTree.delete(new PodFolders(root).of(pod));

        assertThat(disk.resolve("precious")).exists();
        assertThatThrownBy(() -> folders().path(pod, data(pod))).isInstanceOf(VolumeFault.class);
    }

    @Test
    void saysThatTheFolderOfALocalVolumeIsMissing() {
        bound(root.resolve("none"));
        PodSpec pod = pod("");

        assertThatThrownBy(() -> folders().prepare(pod, "n1", data(pod)))
                .hasMessage(
                        "MountVolume.NewMounter initialization failed for volume \"pv\" : path"
                                + " \"%s\" does not exist",
                        root.resolve("none"));
    }

    @Test
    void givesALocalVolumeToThePodsGroup() throws IOException {
        assumeTrue(System.getProperty("user.name").equals("root"), "needs root");
        Path disk = Files.createDirectories(root.resolve("disk/sub")).getParent();
        Path file = Files.writeString(disk.resolve("sub/file"), "x");
        FileTree.setMode(file, 0600);
        bound(disk);
        PodSpec pod = pod("'fsGroup':4321");
        folders().prepare(pod, "n1", data(pod));

        assertThat(Files.getAttribute(file, "unix:gid")).isEqualTo(4321);
        assertThat((int) Files.getAttribute(file, "unix:mode") & 07777).isEqualTo(0660);
        assertThat((int) Files.getAttribute(disk, "unix:mode") & 02070).isEqualTo(02070);
    }

    @Test
    void makesTheFolderOfAProvisionedVolumeOnceForAnybodyButBehindAClosedDoor() throws IOException {
        bound("'csi':{'driver':'local.gantry.dev','volumeHandle':'../elsewhere'}");
        PodSpec pod = pod("");
        folders().prepare(pod, "n1", data(pod));
        Path made = folders().path(pod, data(pod));
        Files.writeString(made.resolve("row"), "x");

        assertThat(made).isEqualTo(root.resolve("local-volumes/pv"));
        assertThat((int) Files.getAttribute(made, "unix:mode") & 07777).isEqualTo(0777);
        assertThat((int) Files.getAttribute(made.getParent(), "unix:mode") & 07777).isEqualTo(0700);
        FileTree.delete(new PodFolders(root).of(pod));
        folders().prepare(pod, "n1", data(pod));
        assertThat(made.resolve("row")).exists();
    }

    private ClaimFolders folders() {
        var folders = new PodFolders(root);
        return new ClaimFolders(folders, cluster, new NfsMounts(folders));
    }

    private static VolumeSpec data(PodSpec pod) {
        return VolumeSpec.of(pod.spec()).getFirst();
    }

    private static PodSpec pod(String security) {
        return new PodSpec(
                object(
                        """
                        {'metadata':{'name':'web','namespace':'default','uid':'p1'},
                         'spec':{'securityContext':{%s},
                         'volumes':[{'name':'v','persistentVolumeClaim':{'claimName':'data'}}]}}
                        """
                                .formatted(security)));
    }

    private void bound(Path disk) {
        bound("'local':{'path':'%s'}".formatted(disk));
    }

    private void bound(String source) {
        cluster.put(
                object(
                        """
                        {'metadata':{'name':'data','namespace':'default','uid':'c1'},
                         'spec':{'volumeName':'pv'},'status':{'phase':'Bound'}}
                        """),
                "persistentvolumeclaims");
        cluster.put(
                object(
                        """
                        {'metadata':{'name':'pv'},
                         'spec':{'claimRef':{'uid':'c1'},%s}}
                        """
                                .formatted(source)),
                "persistentvolumes");
    }

    private static Resource object(String json) {
        return new Resource((ObjectNode) JsonMapper.shared().readTree(json.replace('\'', '"')));
    }
}
