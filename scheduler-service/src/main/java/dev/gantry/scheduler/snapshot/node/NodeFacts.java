package dev.gantry.scheduler.snapshot.node;

import dev.gantry.model.meta.Resource;
import dev.gantry.model.pod.PodResources;
import dev.gantry.model.quantity.Quantity;
import dev.gantry.model.taint.Taint;
import dev.gantry.scheduler.snapshot.pod.Amounts;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * What a node says of itself: the part that changes rarely.
 *
 * @param images the size in KiB of every image that it has, by name
 * @param features what it declares that it can do
 */
public record NodeFacts(
        String name,
        SortedMap<String, String> labels,
        List<Taint> taints,
        boolean isUnschedulable,
        Amounts allocatable,
        int podLimit,
        SortedMap<String, Integer> images,
        SortedSet<String> features) {
    public static NodeFacts of(Resource node) {
        SortedMap<String, Quantity> allocatable =
                PodResources.amounts(node.status().path("allocatable"));
        if (allocatable.isEmpty()) {
            allocatable = PodResources.amounts(node.status().path("capacity"));
        }
        long pods = allocatable.getOrDefault("pods", Quantity.ZERO).toLong();
        return new NodeFacts(
                node.name(),
                node.labels(),
                Taint.listOf(node.spec().path("taints")),
                node.spec().path("unschedulable").asBoolean(false),
                Amounts.of(allocatable),
                Math.clamp(pods, 0, Integer.MAX_VALUE),
                images(node.status().path("images")),
                features(node));
    }

    /** Whether it would rather not have pods that don't tolerate something. */
    public boolean hasSoftTaint() {
        for (Taint each : taints) {
            if (each.isSoft()) {
                return true;
            }
        }
        return false;
    }

    private static SortedSet<String> features(Resource node) {
        SortedSet<String> declared = new TreeSet<>();
        node.status().path("declaredFeatures").forEach(each -> declared.add(each.asString("")));
        return declared;
    }

    /** Name to KiB, of a node's status. */
    private static SortedMap<String, Integer> images(JsonNode images) {
        SortedMap<String, Integer> found = new TreeMap<>();
        for (JsonNode image : images) {
            int kibibytes = Math.clamp(image.path("sizeBytes").asLong(0) >> 10, 0, 1 << 30);
            if (kibibytes > 0) {
                image.path("names").forEach(each -> found.put(each.asString(""), kibibytes));
            }
        }
        return found;
    }
}
