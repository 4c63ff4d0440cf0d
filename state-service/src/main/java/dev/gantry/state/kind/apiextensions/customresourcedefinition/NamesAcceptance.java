package dev.gantry.state.kind.apiextensions.customresourcedefinition;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which names a definition gets. Within a group a name belongs to the definition that was the first
 * to ask for it, until that one goes or lets go of it.
 *
 * <p>Compat: {@code naming_controller} and {@code establishing_controller}: a definition that was
 * established once stays so, under the names that it has.
 *
 * @param resources plurals, singulars and short names that others have, or this one
 * @param kinds kinds and kinds of lists, likewise
 */
public record NamesAcceptance(Set<String> resources, Set<String> kinds) {
    private static final List<String> SINGLE = List.of("plural", "singular");

    /** What is taken in the group of {@code definition}. */
    public static NamesAcceptance among(List<Resource> all, String group) {
        Set<String> resources = new HashSet<>();
        Set<String> kinds = new HashSet<>();
        for (Resource each : all) {
            if (!Resource.text(each.spec(), "group").equals(group)) {
                continue;
            }
            JsonNode names = each.tree().path("status").path("acceptedNames");
            SINGLE.forEach(name -> resources.add(Resource.text(names, name)));
            names.path("shortNames").forEach(name -> resources.add(name.asString("")));
            kinds.add(Resource.text(names, "kind"));
            kinds.add(Resource.text(names, "listKind"));
        }
        return new NamesAcceptance(resources, kinds);
    }

    /** Whether a definition has all the names that it asks for. */
    public static boolean isSettled(Resource definition) {
        JsonNode status = definition.tree().path("status");
        return definition.spec().path("names").equals(status.path("acceptedNames"))
                && Conditions.isTrue(status.path("conditions"), "Established")
                && Conditions.isTrue(status.path("conditions"), "NamesAccepted");
    }

    /** The definition with another status; empty where its status is right. */
    public Optional<ObjectNode> decide(Resource definition, Instant now) {
        ObjectNode tree = definition.copy().tree();
        JsonNode wanted = definition.spec().path("names");
        ObjectNode status = Resource.child(tree, "status");
        ObjectNode had =
                status.path("acceptedNames") instanceof ObjectNode found
                        ? found
                        : JsonNodeFactory.instance.objectNode();
        ObjectNode has = had.deepCopy();
        Optional<Conditions.Wanted> conflict = accept(wanted, had, has);
        if (wanted.has("categories")) {
            has.set("categories", wanted.path("categories").deepCopy());
        } else {
            has.remove("categories");
        }
        status.set("acceptedNames", has);
        ArrayNode conditions =
                status.path("conditions") instanceof ArrayNode found
                        ? found
                        : status.putArray("conditions");
        boolean isNews =
                Conditions.set(
                        conditions,
                        conflict.orElse(
                                new Conditions.Wanted(
                                        "NamesAccepted",
                                        "True",
                                        "NoConflicts",
                                        "no conflicts found")),
                        now);
        isNews |= establish(conditions, conflict.isEmpty(), now);
        return isNews || !has.equals(had) ? Optional.of(tree) : Optional.empty();
    }

    private static boolean establish(ArrayNode conditions, boolean isAccepted, Instant now) {
        if (Conditions.isTrue(conditions, "Established")) {
            return false;
        }
        Conditions.Wanted wanted =
                isAccepted
                        ? new Conditions.Wanted(
                                "Established",
                                "True",
                                "InitialNamesAccepted",
                                "the initial names have been accepted")
                        : new Conditions.Wanted(
                                "Established",
                                "False",
                                "NotAccepted",
                                "not all names are accepted");
        return Conditions.set(conditions, wanted, now);
    }

    /** Moves what is free from {@code wanted} to {@code has}; the last conflict is told. */
    private Optional<Conditions.Wanted> accept(JsonNode wanted, ObjectNode had, ObjectNode has) {
        Optional<Conditions.Wanted> conflict = one(wanted, had, has, "plural", resources);
        conflict = one(wanted, had, has, "singular", resources).or(orElse(conflict));
        conflict = shortNames(wanted, had, has).or(orElse(conflict));
        conflict = one(wanted, had, has, "kind", kinds).or(orElse(conflict));
        return one(wanted, had, has, "listKind", kinds).or(orElse(conflict));
    }

    private static java.util.function.Supplier<Optional<Conditions.Wanted>> orElse(
            Optional<Conditions.Wanted> earlier) {
        return () -> earlier;
    }

    private static Optional<Conditions.Wanted> one(
            JsonNode wanted, ObjectNode had, ObjectNode has, String name, Set<String> taken) {
        String text = Resource.text(wanted, name);
        boolean isOwn = text.equals(Resource.text(had, name));
        if (!isOwn && taken.contains(text)) {
            String word = Character.toUpperCase(name.charAt(0)) + name.substring(1);
            return Optional.of(conflict(word, "\"%s\" is already in use".formatted(text)));
        }
        has.put(name, text);
        return Optional.empty();
    }

    private Optional<Conditions.Wanted> shortNames(
            JsonNode wanted, ObjectNode had, ObjectNode has) {
        Set<String> own = new HashSet<>();
        had.path("shortNames").forEach(each -> own.add(each.asString("")));
        SINGLE.forEach(each -> own.add(Resource.text(had, each)));
        List<String> taken =
                wanted.path("shortNames")
                        .valueStream()
                        .map(each -> each.asString(""))
                        .filter(each -> !own.contains(each) && resources.contains(each))
                        .map("\"%s\" is already in use"::formatted)
                        .toList();
        if (!taken.isEmpty()) {
            String all = String.join(", ", taken);
            return Optional.of(conflict("ShortNames", taken.size() == 1 ? all : "[" + all + "]"));
        }
        if (wanted.path("shortNames").isEmpty()) {
            has.remove("shortNames");
        } else {
            has.set("shortNames", wanted.path("shortNames").deepCopy());
        }
        return Optional.empty();
    }

    private static Conditions.Wanted conflict(String what, String message) {
        return new Conditions.Wanted("NamesAccepted", "False", what + "Conflict", message);
    }
}
