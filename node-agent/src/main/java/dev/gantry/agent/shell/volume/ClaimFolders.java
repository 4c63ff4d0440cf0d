package dev.gantry.agent.shell.volume;

import dev.gantry.agent.edge.ClusterObjects;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.agent.volume.Backing;
import dev.gantry.agent.volume.VolumeSpec;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The folders, of this node or of a server, that stand behind claims.
 *
 * <p>Where a claim's folder is, a link in the pod's own folder remembers: what was once found for a
 * pod holds for all of its life, also when the cluster is away or the claim is being deleted.
 * Deliberately a link and no mount: to clean up after a pod never reaches the data.
 */
final class ClaimFolders {
    private final PodFolders folders;
    private final ClusterObjects cluster;
    private final NfsMounts servers;
    private final LocalVolumes provisioned;

    ClaimFolders(PodFolders folders, ClusterObjects cluster, NfsMounts servers) {
        this.folders = folders;
        this.cluster = cluster;
        this.servers = servers;
        this.provisioned = LocalVolumes.below(folders.root());
    }

    Path path(PodSpec pod, VolumeSpec volume) {
        try {
            return Files.readSymbolicLink(folders.volume(pod, volume));
        } catch (IOException fault) {
            throw new VolumeFault("volume %s is not prepared".formatted(volume.name()), fault);
        }
    }

    /** Throws VolumeFault, with the words for an event, where there is no such folder yet. */
    void prepare(PodSpec pod, String node, VolumeSpec volume) throws IOException {
        Path link = folders.volume(pod, volume);
        if (Files.isSymbolicLink(link)) {
            servers.ensure(Files.readSymbolicLink(link));
            return;
        }
        switch (Backing.of(pod, volume, find(pod, node, volume))) {
            case Backing.None(String message) -> throw new VolumeFault(message);
            case Backing.Provisioned(String name) ->
                    link(link, shared(pod, volume, provisioned.make(name)));
            case Backing.Folder folder -> {
                check(folder);
                Path path = Path.of(folder.path());
                link(link, folder.isLocal() ? shared(pod, volume, path) : path);
            }
            case Backing.Network(_, var export) -> servers.mount(export, link);
        }
    }

    private static void link(Path link, Path behind) throws IOException {
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, behind);
    }

    private Backing.Found find(PodSpec pod, String node, VolumeSpec volume) {
        var key =
                new ObjectKey(
                        Resources.PERSISTENT_VOLUME_CLAIMS,
                        pod.namespace(),
                        volume.claimName(pod.name()));
        Optional<Resource> claim = cluster.get(key);
        // A claim that is bound nowhere names no volume that this node might read.
        Optional<String> name =
                claim.filter(each -> Resource.text(each.status(), "phase").equals("Bound"))
                        .map(each -> Resource.text(each.spec(), "volumeName"))
                        .filter(each -> !each.isEmpty());
        if (name.isEmpty()) {
            return new Backing.Found(claim, Optional.empty(), Optional.empty());
        }
        return new Backing.Found(
                claim,
                cluster.get(new ObjectKey(Resources.PERSISTENT_VOLUMES, "", name.get())),
                cluster.get(new ObjectKey(Resources.NODES, "", node)));
    }

    /** Compat: a hostPath is checked by its type; a local volume has to be there. */
    private static void check(Backing.Folder folder) {
        Path path = Path.of(folder.path());
        if (folder.isLocal() && !Files.exists(path)) {
            throw new VolumeFault(
                    ("MountVolume.NewMounter initialization failed for volume \"%s\" : path \"%s\""
                                    + " does not exist")
                            .formatted(folder.volume(), path));
        }
        if (folder.isLocal() && !Files.isDirectory(path)) {
            throw failed(folder, "only directories are supported as local volumes: " + path);
        }
        if (!folder.isLocal()) {
            try {
                HostPathCheck.check(folder.source());
            } catch (IOException fault) {
                throw failed(folder, String.valueOf(fault.getMessage()));
            }
        }
    }

    private static VolumeFault failed(Backing.Folder folder, String why) {
        return new VolumeFault(
                "MountVolume.SetUp failed for volume \"%s\" : %s".formatted(folder.volume(), why));
    }

    /** Compat: only local volumes belong to the pod's fsGroup; a hostPath stays as it is. */
    private static Path shared(PodSpec pod, VolumeSpec volume, Path folder) throws IOException {
        JsonNode group = pod.security().path("fsGroup");
        if (volume.isReadOnly() || !group.isNumber()) {
            return folder;
        }
        Path root = folder.toRealPath();
        boolean isLazy =
                Resource.text(pod.security(), "fsGroupChangePolicy").equals("OnRootMismatch");
        if (!isLazy || !FileTree.isShared(root, group.asLong())) {
            FileTree.share(root, group.asLong());
        }
        return folder;
    }
}
