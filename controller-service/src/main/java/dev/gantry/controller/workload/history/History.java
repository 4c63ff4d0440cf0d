package dev.gantry.controller.workload.history;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.controller.owner.Adoption;
import dev.gantry.controller.owner.Ownership;
import dev.gantry.controller.pod.TemplateHash;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Action.Propagation;
import dev.gantry.model.selector.LabelSelector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The revisions of one set, the oldest first.
 *
 * @param writes that make revisions its own, or let them go
 */
public record History(Resource set, List<Resource> revisions, List<Action> writes) {
    private static final GroupResource REVISIONS = Resources.CONTROLLER_REVISIONS;
    private static final Comparator<Resource> OLDEST_FIRST =
            Comparator.comparingLong(History::number).thenComparing(Resource::name);

    /**
     * The revision that a set's template is of.
     *
     * @param write makes it, or makes it the newest again; empty where it is both
     * @param isCollision whether its name is taken by another template: then nothing is written,
     *     and the set counts one collision more
     */
    public record Current(Resource revision, Optional<Action> write, boolean isCollision) {}

    /** Of revisions that nobody controls, those that match become the set's. */
    public static History of(Resource set, ClusterReader cluster) {
        List<Resource> candidates = Adoption.candidates(set, REVISIONS, cluster);
        LabelSelector selector = LabelSelector.of(set.spec().path("selector"));
        Adoption adoption = Adoption.of(set, selector, REVISIONS, candidates);
        return new History(
                set, adoption.owned().stream().sorted(OLDEST_FIRST).toList(), adoption.actions());
    }

    public static long number(Resource revision) {
        return revision.tree().path("revision").asLong(0);
    }

    /** The template that a revision keeps. */
    public static JsonNode template(Resource revision) {
        return revision.tree().path("data").path("spec").path("template");
    }

    public Optional<Resource> named(String name) {
        return revisions.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /**
     * @param hashLabel the label of a revision that holds the hash of its template
     * @param namesake finds any revision by its key, whoever owns it
     */
    public Current current(String hashLabel, Function<ObjectKey, Optional<Resource>> namesake) {
        long next = revisions.isEmpty() ? 1 : number(revisions.getLast()) + 1;
        Resource wanted = revision(hashLabel, next);
        List<Resource> same =
                revisions.stream()
                        .filter(each -> each.tree().path("data").equals(wanted.tree().path("data")))
                        .toList();
        if (same.isEmpty()) {
            boolean isTaken = namesake.apply(wanted.key(REVISIONS)).isPresent();
            return new Current(
                    wanted,
                    isTaken ? Optional.empty() : Optional.of(new Action.Create(REVISIONS, wanted)),
                    isTaken);
        }
        Resource found = same.getLast();
        if (found.uid().equals(revisions.getLast().uid())) {
            return new Current(found, Optional.empty(), false);
        }
        Resource renewed = found.copy();
        renewed.tree().put("revision", next);
        return new Current(renewed, Optional.of(new Action.Update(REVISIONS, renewed)), false);
    }

    private Resource revision(String hashLabel, long number) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        ObjectNode template = data.putObject("spec").putObject("template");
        template.put("$patch", "replace");
        if (set.spec().path("template") instanceof ObjectNode own) {
            template.setAll(own);
        }
        data = (ObjectNode) sorted(data);
        String hash = TemplateHash.of(data, set.status().path("collisionCount").asLong(0));
        ObjectNode revision = JsonNodeFactory.instance.objectNode();
        revision.put("apiVersion", "apps/v1").put("kind", "ControllerRevision");
        ObjectNode metadata = revision.putObject("metadata");
        metadata.put("name", set.name() + "-" + hash).put("namespace", set.namespace());
        ObjectNode labels = metadata.putObject("labels");
        if (template.path("metadata").path("labels") instanceof ObjectNode own) {
            labels.setAll(own.deepCopy());
        }
        labels.put(hashLabel, hash);
        if (!set.annotations().isEmpty()) {
            ObjectNode annotations = metadata.putObject("annotations");
            set.annotations().forEach(annotations::put);
        }
        metadata.putArray("ownerReferences").add(Ownership.reference(set));
        revision.set("data", data);
        revision.put("revision", number);
        return new Resource(revision);
    }

    /**
     * A copy with the keys of every object in the order of their names: clients of Go compare the
     * bytes of a revision with a template that they wrote out by that order.
     */
    private static JsonNode sorted(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode found = JsonNodeFactory.instance.objectNode();
            object.properties().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(each -> found.set(each.getKey(), sorted(each.getValue())));
            return found;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode found = JsonNodeFactory.instance.arrayNode();
            array.forEach(each -> found.add(sorted(each)));
            return found;
        }
        return node;
    }

    /** Deletes the oldest that nothing is of any more, beyond the limit of the set. */
    public List<Action> truncate(Set<String> live) {
        int limit = set.spec().path("revisionHistoryLimit").asInt(10);
        List<Resource> dead =
                revisions.stream().filter(each -> !live.contains(each.name())).toList();
        List<Action> deletions = new ArrayList<>();
        for (Resource each : dead.subList(0, Math.max(0, dead.size() - Math.max(0, limit)))) {
            deletions.add(
                    new Action.Delete(each.key(REVISIONS), each.uid(), Propagation.BACKGROUND));
        }
        return deletions;
    }
}
