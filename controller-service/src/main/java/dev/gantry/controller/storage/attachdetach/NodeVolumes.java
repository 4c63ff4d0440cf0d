package dev.gantry.controller.storage.attachdetach;

import dev.gantry.client.controller.Controller.Change;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a Node says of volumes, and of itself as far as volumes depend on it. */
final class NodeVolumes {
    private static final String ATTACHED = "volumesAttached";
    private static final String OUT_OF_SERVICE = "node.kubernetes.io/out-of-service";

    private NodeVolumes() {}

    /** Unique names of what is attached to it, as it was told. */
    static Set<String> listed(Resource node) {
        Set<String> names = new TreeSet<>();
        node.status().path(ATTACHED).forEach(each -> names.add(Resource.text(each, "name")));
        return names;
    }

    /** Unique names of what it has mounted, or is about to. */
    static Set<String> inUse(Resource node) {
        Set<String> names = new TreeSet<>();
        node.status().path("volumesInUse").forEach(each -> names.add(each.asString("")));
        return names;
    }

    static boolean isHealthy(Resource node) {
        return Conditions.isTrue(node.status().path("conditions"), "Ready");
    }

    /** Somebody vouches that nothing runs there any more. */
    static boolean isOutOfService(Resource node) {
        for (JsonNode taint : node.spec().path("taints")) {
            if (Resource.text(taint, "key").equals(OUT_OF_SERVICE)) {
                return true;
            }
        }
        return false;
    }

    /** Unique names of what the node says something new about. */
    static Set<String> changed(Change change) {
        Set<String> names = new TreeSet<>();
        addDifference(
                names,
                change.before().map(NodeVolumes::listed),
                change.after().map(NodeVolumes::listed));
        addDifference(
                names,
                change.before().map(NodeVolumes::inUse),
                change.after().map(NodeVolumes::inUse));
        return names;
    }

    private static void addDifference(
            Set<String> names, Optional<Set<String>> before, Optional<Set<String>> after) {
        Set<String> was = before.orElse(Set.of());
        Set<String> is = after.orElse(Set.of());
        was.stream().filter(name -> !is.contains(name)).forEach(names::add);
        is.stream().filter(name -> !was.contains(name)).forEach(names::add);
    }

    /** Whether it came, went, or changed in a way that concerns all its volumes. */
    static boolean isOtherwise(Change change) {
        if (change.before().isEmpty() || change.after().isEmpty()) {
            return true;
        }
        Resource was = change.before().get();
        Resource is = change.after().get();
        return isHealthy(was) != isHealthy(is) || isOutOfService(was) != isOutOfService(is);
    }

    static Action listing(Resource node, CsiVolume volume) {
        Resource next = node.copy();
        Resource.array(Resource.child(next.tree(), "status"), ATTACHED)
                .addObject()
                .put("name", volume.uniqueName())
                .put("devicePath", "");
        return new Action.PutStatus(Resources.NODES, next, node.revision());
    }

    static Action withoutListing(Resource node, CsiVolume volume) {
        Resource next = node.copy();
        ObjectNode status = Resource.child(next.tree(), "status");
        if (status.path(ATTACHED) instanceof ArrayNode listed) {
            listed.removeIf(each -> Resource.text(each, "name").equals(volume.uniqueName()));
            if (listed.isEmpty()) {
                status.remove(ATTACHED);
            }
        }
        return new Action.PutStatus(Resources.NODES, next, node.revision());
    }
}
