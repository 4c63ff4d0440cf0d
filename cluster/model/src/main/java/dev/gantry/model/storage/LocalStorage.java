package dev.gantry.model.storage;

/**
 * Volumes that are folders of the node where they were provisioned. Where a folder lies is known to
 * its node's agent alone, which names it after the PersistentVolume.
 */
public final class LocalStorage {
    /** The class that a new cluster has. */
    public static final String CLASS = "local";

    /** The provisioner of its class, and the CSI driver of its volumes. */
    public static final String DRIVER = "local.gantry.dev";

    /** The first segment of the agent's path under which a volume's folder is deleted. */
    public static final String AGENT_PATH = "localVolumes";

    private LocalStorage() {}

    /** The API's path to the folder of a volume on a node: it takes DELETE alone. */
    public static String folder(String node, String volume) {
        return "/api/v1/nodes/%s/proxy/%s/%s".formatted(node, AGENT_PATH, volume);
    }
}
