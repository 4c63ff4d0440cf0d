package dev.gantry.agent.container;

import dev.gantry.agent.runtime.RegistryCredentials;
import dev.gantry.agent.spec.ImageName;
import dev.gantry.model.digest.Sha256;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * With what the node's images were pulled: a pod may use one that is there already only if it could
 * have pulled it.
 *
 * <p>Compat: kubelet's {@code imagePullCredentialsVerificationPolicy} with its default {@code
 * NeverVerifyPreloadedImages}: what was not pulled by the agent is for everybody.
 *
 * @param holders by image and repository: hashes of the credentials, or {@link #ANYBODY}
 * @param begun names of images that are being pulled with credentials; if the agent ends before the
 *     pull does, nobody knows who may use what then is there
 */
public record PullRecords(SortedMap<String, SortedSet<String>> holders, SortedSet<String> begun) {
    private static final String ANYBODY = "anybody";
    private static final String IMAGES = "images";
    private static final String BEGUN = "begun";

    public static final PullRecords NONE = new PullRecords(new TreeMap<>(), new TreeSet<>());

    public static PullRecords of(JsonNode tree) {
        SortedMap<String, SortedSet<String>> holders = new TreeMap<>();
        for (var each : tree.path(IMAGES).properties()) {
            holders.put(each.getKey(), texts(each.getValue()));
        }
        return new PullRecords(holders, texts(tree.path(BEGUN)));
    }

    private static SortedSet<String> texts(JsonNode list) {
        SortedSet<String> found = new TreeSet<>();
        list.forEach(each -> found.add(each.asString("")));
        return found;
    }

    public ObjectNode tree() {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        ObjectNode images = tree.putObject(IMAGES);
        holders.forEach((image, hashes) -> hashes.forEach(images.putArray(image)::add));
        begun.forEach(tree.putArray(BEGUN)::add);
        return tree;
    }

    /**
     * @param id of the image that is there
     * @param name as the pod has it
     */
    public boolean isForAnybody(String id, String name) {
        SortedSet<String> hashes = holders.get(key(id, name));
        return hashes == null ? !begun.contains(name) : hashes.contains(ANYBODY);
    }

    public boolean admits(String id, String name, Collection<RegistryCredentials> own) {
        SortedSet<String> hashes = holders.getOrDefault(key(id, name), new TreeSet<>());
        return isForAnybody(id, name)
                || own.stream().map(PullRecords::hash).anyMatch(hashes::contains);
    }

    public PullRecords begins(String name) {
        SortedSet<String> names = new TreeSet<>(begun);
        names.add(name);
        return new PullRecords(holders, names);
    }

    public PullRecords hasFailed(String name) {
        SortedSet<String> names = new TreeSet<>(begun);
        names.remove(name);
        return new PullRecords(holders, names);
    }

    /**
     * @param with what the registry took; empty where it asked for nothing
     * @param present the ids of all images that the node still has
     */
    public PullRecords isPulled(
            String id, String name, Optional<RegistryCredentials> with, List<String> present) {
        SortedMap<String, SortedSet<String>> all = new TreeMap<>();
        for (var each : holders.entrySet()) {
            if (present.contains(each.getKey().substring(0, each.getKey().indexOf(' ')))) {
                all.put(each.getKey(), each.getValue());
            }
        }
        SortedSet<String> hashes = new TreeSet<>(all.getOrDefault(key(id, name), new TreeSet<>()));
        hashes.add(with.map(PullRecords::hash).orElse(ANYBODY));
        all.put(key(id, name), hashes);
        return new PullRecords(all, hasFailed(name).begun());
    }

    private static String key(String id, String name) {
        ImageName parts = ImageName.of(name);
        return id + " " + parts.registry() + "/" + parts.repository();
    }

    private static String hash(RegistryCredentials of) {
        return Sha256.hex(String.join("\0", of.user(), of.password(), of.identityToken()));
    }
}
