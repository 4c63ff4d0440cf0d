package dev.gantry.scheduler.snapshot.volume;

import dev.gantry.model.meta.Resource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Volume plugins that once were part of Kubernetes. Their volumes are attached by the CSI drivers
 * that took over from them, and count as theirs.
 *
 * <p>Compat: the plugins of nodevolumelimits' {@code isCSIMigrationOn}, with the names and handles
 * that csi-translation-lib gives them.
 */
enum FormerPlugin {
    AWS("kubernetes.io/aws-ebs", "ebs.csi.aws.com", "awsElasticBlockStore", "volumeID"),
    GCE("kubernetes.io/gce-pd", "pd.csi.storage.gke.io", "gcePersistentDisk", "pdName"),
    AZURE("kubernetes.io/azure-disk", "disk.csi.azure.com", "azureDisk", "diskURI"),
    CINDER("kubernetes.io/cinder", "cinder.csi.openstack.org", "cinder", "volumeID"),
    PORTWORX("kubernetes.io/portworx-volume", "pxd.portworx.com", "portworxVolume", "volumeID");

    private static final String UNKNOWN = "UNSPECIFIED";
    private static final List<String> ZONES =
            List.of("topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone");

    private final String plugin;
    private final String driver;
    private final String source;
    private final String id;

    FormerPlugin(String plugin, String driver, String source, String id) {
        this.plugin = plugin;
        this.driver = driver;
        this.source = source;
        this.id = id;
    }

    /** The driver that provisions what this provisioner did; any other name is that of a driver. */
    static String driverOf(String provisioner) {
        return Arrays.stream(values())
                .filter(each -> each.plugin.equals(provisioner))
                .map(each -> each.driver)
                .findFirst()
                .orElse(provisioner);
    }

    /**
     * @param volume the spec of a PersistentVolume, or a volume that a pod names itself
     * @param labels of the PersistentVolume
     */
    static Optional<Attachment> attachment(JsonNode volume, Map<String, String> labels) {
        return Arrays.stream(values())
                .filter(each -> volume.path(each.source).isObject())
                .findFirst()
                .map(each -> new Attachment(each.driver, each.handle(volume, labels)));
    }

    private String handle(JsonNode volume, Map<String, String> labels) {
        String name = Resource.text(volume.path(source), id);
        return switch (this) {
            case AWS ->
                    name.startsWith("aws://") ? name.substring(name.lastIndexOf('/') + 1) : name;
            case GCE -> "projects/%s/zones/%s/disks/%s".formatted(UNKNOWN, zone(labels), name);
            case AZURE, CINDER, PORTWORX -> name;
        };
    }

    private static String zone(Map<String, String> labels) {
        return ZONES.stream()
                .filter(labels::containsKey)
                .map(labels::get)
                .findFirst()
                .orElse(UNKNOWN);
    }
}
