package dev.gantry.scheduler.plugin.dynamicresources;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.model.effect.Effect;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.scheduler.snapshot.device.DeviceBook;
import dev.gantry.scheduler.snapshot.device.DeviceClaim;
import dev.gantry.scheduler.snapshot.node.NodeView;
import dev.gantry.scheduler.snapshot.pod.PodInfo;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The claim that a pod needs on a node for extended resources which the node has no plugin for, but
 * which devices stand for.
 *
 * <p>Compat: dynamicresources' {@code extendedResourceClaim}. Its name follows from the pod's
 * revision, so that a decision that is sent twice makes one claim, and no reader takes for it what
 * an earlier decision made.
 */
final class ResourceClaimMaker {
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";
    private static final int RANDOM_LETTERS = 5;
    private static final int LONGEST_NAME = 63;

    /**
     * @param seen the pod's revision
     * @param object to be stored when the pod is bound
     * @param claim the same as the allocator sees it
     * @param mappings which container uses which of its requests
     */
    record Made(Revision seen, ObjectNode object, DeviceClaim claim, ArrayNode mappings) {
        Effect effect(ObjectNode allocation) {
            return new Effect.MakeClaim(seen, object, allocation, mappings);
        }
    }

    private final PodInfo pod;
    private final DeviceBook book;
    private final Map<SortedMap<String, String>, Made> made = new HashMap<>();

    ResourceClaimMaker(PodInfo pod, DeviceBook book) {
        this.pod = pod;
        this.book = book;
    }

    /** Empty where the node has plugins for all that the pod asks for, or it is made already. */
    Optional<Made> claimOn(NodeView node) {
        if (isThere()) {
            return Optional.empty();
        }
        SortedMap<String, String> classes = new TreeMap<>();
        for (String resource : pod.signature().byDevices()) {
            if (node.allocatableExtended(resource) == 0) {
                book.classFor(resource).ifPresent(each -> classes.put(resource, each.name()));
            }
        }
        return classes.isEmpty()
                ? Optional.empty()
                : Optional.of(made.computeIfAbsent(classes, this::make));
    }

    private boolean isThere() {
        return pod.needs()
                .claims()
                .forResources()
                .flatMap(name -> book.claim(pod.key().namespace(), name))
                .isPresent();
    }

    private Made make(SortedMap<String, String> classes) {
        var devices = new DevicesForResources(pod.needs().asks(), classes);
        ObjectNode claim = JsonNodeFactory.instance.objectNode();
        claim.put("apiVersion", "resource.k8s.io/v1").put("kind", "ResourceClaim");
        String prefix = pod.key().name() + "-extended-resources-";
        ObjectNode metadata = claim.putObject("metadata");
        metadata.put("name", name(prefix)).put("generateName", prefix);
        metadata.put("namespace", pod.key().namespace());
        metadata.putObject("annotations")
                .put("resource.kubernetes.io/extended-resource-claim", "true");
        metadata.putArray("ownerReferences")
                .addObject()
                .put("apiVersion", "v1")
                .put("kind", "Pod")
                .put("name", pod.key().name())
                .put("uid", pod.uid().value())
                .put("controller", true);
        claim.putObject("spec").putObject("devices").set("requests", devices.requests());
        return new Made(
                pod.revision(), claim, DeviceClaim.of(new Resource(claim)), devices.mappings());
    }

    private String name(String prefix) {
        String decision = pod.uid() + "@" + pod.revision();
        long seed = UUID.nameUUIDFromBytes(decision.getBytes(UTF_8)).getMostSignificantBits();
        int room = LONGEST_NAME - RANDOM_LETTERS;
        var name = new StringBuilder(prefix.substring(0, Math.min(prefix.length(), room)));
        for (int i = 0; i < RANDOM_LETTERS; i++) {
            name.append(LETTERS.charAt((int) Long.remainderUnsigned(seed, LETTERS.length())));
            seed = Long.divideUnsigned(seed, LETTERS.length());
        }
        return name.toString();
    }
}
