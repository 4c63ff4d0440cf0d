package dev.gantry.state.kind.custom;

import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.conversion.ConversionWebhook;
import dev.gantry.state.definition.Aliases;
import dev.gantry.state.definition.Allocated;
import dev.gantry.state.definition.Conversion;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.definition.ServedVersion;
import dev.gantry.state.definition.Storage;
import dev.gantry.state.definition.Subresource;
import dev.gantry.state.kind.apiextensions.customresourcedefinition.Termination;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.structural.StructuralType;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.strategy.SubresourceRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What is served because a definition is stored. */
public final class CustomKinds {
    /** Compat: in upstream's order. */
    private static final List<String> VERBS =
            List.of(
                    "delete",
                    "deletecollection",
                    "get",
                    "list",
                    "patch",
                    "create",
                    "update",
                    "watch");

    private CustomKinds() {}

    /** Whether the names of the definition are accepted, so that it can be served. */
    public static boolean isEstablished(Resource definition) {
        return Conditions.isTrue(
                definition.tree().path("status").path("conditions"), "Established");
    }

    /**
     * Under the names that were accepted. Empty where no version is served.
     *
     * @param definition an established CustomResourceDefinition
     */
    public static Optional<ResourceDefinition> of(Resource definition) {
        List<ServedVersion> versions = new ArrayList<>();
        Map<String, StructuralType> types = types(definition);
        for (JsonNode each : definition.spec().path("versions")) {
            ServedVersion version = version(definition, each, types);
            if (each.path("storage").asBoolean(false)) {
                versions.addFirst(version);
            } else if (version.isServed()) {
                versions.add(version);
            }
        }
        if (versions.stream().noneMatch(ServedVersion::isServed)) {
            return Optional.empty();
        }
        JsonNode names = names(definition);
        return Optional.of(
                new ResourceDefinition(
                        List.copyOf(versions),
                        new Aliases(
                                Resource.text(names, "singular"),
                                texts(names.path("shortNames")),
                                texts(names.path("categories"))),
                        Storage.LOGGED,
                        VERBS,
                        versions.getFirst().subresources(),
                        Allocated.NOTHING));
    }

    /** Whether one and the same definition makes something else be served. */
    public static boolean differ(Resource before, Resource after) {
        JsonNode had = before.tree().path("status");
        JsonNode has = after.tree().path("status");
        return !before.spec().equals(after.spec())
                || !had.path("acceptedNames").equals(has.path("acceptedNames"))
                || !had.path("storedVersions").equals(has.path("storedVersions"))
                || Termination.hasBegun(before.tree()) != Termination.hasBegun(after.tree());
    }

    private static JsonNode names(Resource definition) {
        return definition.tree().path("status").path("acceptedNames");
    }

    /** By what objects of a version say their version is. */
    private static Map<String, StructuralType> types(Resource definition) {
        Map<String, StructuralType> types = new HashMap<>();
        for (JsonNode each : definition.spec().path("versions")) {
            Kind kind = kind(definition, Resource.text(each, "name"));
            JsonNode schema = each.path("schema").path("openAPIV3Schema");
            types.put(kind.apiVersion(), StructuralType.of(GroupVersionKind.of(kind), schema));
        }
        return types;
    }

    private static ServedVersion version(
            Resource definition, JsonNode version, Map<String, StructuralType> types) {
        Kind kind = kind(definition, Resource.text(version, "name"));
        StructuralType type = Objects.requireNonNull(types.get(kind.apiVersion()));
        Kind stored = storageKind(definition);
        Optional<ConversionWebhook> webhook = ConversionWebhook.of(definition, stored, types);
        Strategy strategy =
                new CustomStrategy(
                        type,
                        version.path("subresources").has("status"),
                        SelectableFields.of(version.path("selectableFields")),
                        Termination.hasBegun(definition.tree()),
                        deprecation(kind, version));
        // Objects that were stored before may be of another version, or lack what is a default now.
        boolean isAsStored =
                definition.spec().path("versions").size() == 1
                        && definition.tree().path("status").path("storedVersions").size() == 1
                        && !type.hasDefaults();
        return new ServedVersion(
                kind,
                type,
                isAsStored || webhook.isPresent()
                        ? Conversion.NONE
                        : new SameForm(stored, kind, types),
                strategy,
                CustomPrinter.of(version.path("additionalPrinterColumns")),
                version.path("served").asBoolean(false),
                webhook,
                subresources(version.path("subresources"), strategy));
    }

    private static Optional<String> deprecation(Kind kind, JsonNode version) {
        String plain = "%s %s is deprecated".formatted(kind.apiVersion(), kind.kindName());
        return version.path("deprecated").asBoolean(false)
                ? Optional.of(version.path("deprecationWarning").asString(plain))
                : Optional.empty();
    }

    private static Kind storageKind(Resource definition) {
        for (JsonNode each : definition.spec().path("versions")) {
            if (each.path("storage").asBoolean(false)) {
                return kind(definition, Resource.text(each, "name"));
            }
        }
        throw new IllegalArgumentException("no storage version: " + definition.name());
    }

    private static Kind kind(Resource definition, String version) {
        String group = Resource.text(definition.spec(), "group");
        String kind = Resource.text(names(definition), "kind");
        String plural = Resource.text(names(definition), "plural");
        return Resource.text(definition.spec(), "scope").equals("Namespaced")
                ? Kind.namespaced(group, version, kind, plural)
                : Kind.ofCluster(group, version, kind, plural);
    }

    /** Compat: the status comes first. */
    private static List<Subresource> subresources(JsonNode declared, Strategy strategy) {
        List<Subresource> subresources = new ArrayList<>();
        if (declared.has("status")) {
            subresources.add(
                    new Subresource.Stored(SubresourceRules.status(strategy), Subresource.CHANGES));
        }
        if (declared.path("scale").isObject()) {
            subresources.add(
                    new Subresource.Scaled(
                            CustomScale.of(declared.path("scale")),
                            SubresourceRules.scale(strategy)));
        }
        return List.copyOf(subresources);
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(each -> each.asString("")).toList();
    }
}
