package dev.gantry.scheduler.placement.profile;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The profiles as the leading scheduler makes them known: a ConfigMap whose keys are those of its
 * own configuration. A reader gets the same profiles out of it.
 *
 * <pre>
 * profile: packing
 * profiles.web.strategy: spreading
 * profiles.web.weights.NodeAffinity: "5"
 * </pre>
 *
 * @param properties see {@link ProfileReader}, such as {@code web.strategy}
 * @param usual name of the default profile
 */
public record PublishedProfiles(SortedMap<String, String> properties, String usual) {
    public static final ObjectKey KEY =
            new ObjectKey(Resources.CONFIG_MAPS, "kube-system", "gantry-scheduler-profiles");

    /** What there is without any configuration. */
    public static final PublishedProfiles DEFAULT =
            new PublishedProfiles(new TreeMap<>(), Profiles.PACKING);

    private static final String USUAL = "profile";
    private static final String PREFIX = "profiles.";

    public PublishedProfiles {
        properties = Collections.unmodifiableSortedMap(new TreeMap<>(properties));
    }

    public static PublishedProfiles of(Map<String, String> properties, String usual) {
        return new PublishedProfiles(new TreeMap<>(properties), usual);
    }

    public static PublishedProfiles readFrom(Resource configMap) {
        SortedMap<String, String> properties = new TreeMap<>();
        configMap
                .tree()
                .path("data")
                .properties()
                .forEach(
                        each -> {
                            if (each.getKey().startsWith(PREFIX)) {
                                properties.put(
                                        each.getKey().substring(PREFIX.length()),
                                        each.getValue().asString(""));
                            }
                        });
        String usual = configMap.tree().path("data").path(USUAL).asString(Profiles.PACKING);
        return new PublishedProfiles(properties, usual);
    }

    /**
     * @throws IllegalArgumentException that says what is wrong
     */
    public Profiles profiles() {
        return Profiles.of(properties, usual);
    }

    /** The ConfigMap, where there is none yet. */
    public Resource fresh() {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("apiVersion", "v1").put("kind", "ConfigMap");
        tree.putObject("metadata").put("namespace", KEY.namespace()).put("name", KEY.name());
        return writtenTo(new Resource(tree));
    }

    /** The same ConfigMap, saying this. */
    public Resource writtenTo(Resource configMap) {
        Resource written = configMap.copy();
        ObjectNode data = written.tree().putObject("data");
        data.put(USUAL, usual);
        properties.forEach((key, value) -> data.put(PREFIX + key, value));
        return written;
    }
}
