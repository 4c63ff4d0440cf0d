package dev.gantry.agent.join;

import dev.gantry.agent.certificate.NodeSubject;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The settings of an agent whose machine has joined: those that the cluster has for all of its
 * nodes, and then its own.
 */
public final class AgentSettings {
    /** Which nodes may read. Its one entry is the text of a properties file. */
    public static final ObjectKey OF_CLUSTER =
            new ObjectKey(Resources.CONFIG_MAPS, "kube-system", "gantry-node-settings");

    private static final String ENTRY = "node.properties";
    private static final String KAFKA = "gantry.kafka.properties[%s]";

    private AgentSettings() {}

    /**
     * @param pair the file with the node's key and its certificate
     */
    public record Place(Path root, Path kubeconfig, Path certificates, Path pair, Path authority) {}

    /** Throws {@link CannotJoin} where the cluster has none. */
    public static String text(
            Optional<Resource> map, NodeSubject node, Place place, Optional<Duration> life) {
        String common = map.map(each -> Resource.text(each.tree().path("data"), ENTRY)).orElse("");
        if (common.isBlank()) {
            throw new CannotJoin(
                    "the cluster has no ConfigMap %s/%s with an entry %s, which says where Kafka is"
                            .formatted(OF_CLUSTER.namespace(), OF_CLUSTER.name(), ENTRY));
        }
        var text = new StringBuilder("# Of the cluster, when this machine joined it.\n");
        text.append(common.strip()).append("\n# Of this node.\n");
        own(node, place, life).forEach((key, value) -> text.append(line(key, value)));
        return text.toString();
    }

    private static SortedMap<String, String> own(
            NodeSubject node, Place place, Optional<Duration> life) {
        SortedMap<String, String> own = new TreeMap<>();
        own.put("gantry.node.name", node.node());
        own.put("gantry.node.addresses", String.join(",", node.addresses()));
        own.put("gantry.node.root", place.root().toString());
        own.put("gantry.node.certificates", place.certificates().toString());
        life.ifPresent(
                each ->
                        own.put(
                                "gantry.node.certificate-seconds",
                                Long.toString(each.toSeconds())));
        own.put("gantry.api.kubeconfig", place.kubeconfig().toString());
        own.put(KAFKA.formatted("security.protocol"), "SSL");
        own.put(KAFKA.formatted("ssl.keystore.type"), "PEM");
        own.put(KAFKA.formatted("ssl.keystore.location"), place.pair().toString());
        own.put(KAFKA.formatted("ssl.truststore.type"), "PEM");
        own.put(KAFKA.formatted("ssl.truststore.location"), place.authority().toString());
        return own;
    }

    private static String line(String key, String value) {
        return key + "=" + value.replace("\\", "\\\\") + "\n";
    }
}
