package dev.gantry.state.catalog;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.definition.ServedVersion;
import dev.gantry.state.discovery.ServedResource;
import dev.gantry.state.log.Durability;
import dev.gantry.state.log.ResourceTraits;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.Schemas;
import dev.gantry.state.schema.TypeSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What is served at one moment. Immutable: another is made when a definition comes or goes, and a
 * request keeps to the one that it began with.
 *
 * <p>Cost: asked for every request and for every change that is stored, so a lookup is one hash.
 */
public final class ResourceCatalog implements ResourceTraits, Schemas {
    private final Map<GroupResource, ResourceDefinition> definitions = new LinkedHashMap<>();
    private final Map<GroupResource, ResourceDefinition> byPath = new HashMap<>();
    private final Map<GroupVersionKind, TypeSchema> schemas = new HashMap<>();
    private final List<ResourceDefinition> made;
    private final List<ServedResource> unstored;
    private final Predicate<GroupResource> concealed;
    private final List<ServedResource> served = new ArrayList<>();

    /**
     * @param made resources whose objects are made when they are read
     * @param unstored what is answered but has no objects
     */
    public ResourceCatalog(
            List<ResourceDefinition> stored,
            List<ResourceDefinition> made,
            List<ServedResource> unstored) {
        this(stored, made, unstored, _ -> false);
    }

    private ResourceCatalog(
            List<ResourceDefinition> stored,
            List<ResourceDefinition> made,
            List<ServedResource> unstored,
            Predicate<GroupResource> concealed) {
        this.made = made;
        this.unstored = unstored;
        this.concealed = concealed;
        stored.forEach(each -> definitions.put(each.resource(), each));
        stored.forEach(this::serve);
        made.forEach(this::serve);
        served.addAll(unstored);
    }

    private void serve(ResourceDefinition definition) {
        for (ServedVersion version : definition.versions()) {
            if (version.isServed()) {
                byPath.put(version.kind().resource(), definition);
                schemas.put(GroupVersionKind.of(version.kind()), version.schema());
                served.add(ServedResource.of(definition, version));
            }
        }
    }

    /** This one with one definition more, or another one of a resource. */
    public ResourceCatalog with(ResourceDefinition definition) {
        List<ResourceDefinition> all = others(definition.resource());
        all.add(definition);
        return new ResourceCatalog(all, made, unstored, concealed);
    }

    public ResourceCatalog without(GroupResource resource) {
        return new ResourceCatalog(others(resource), made, unstored, concealed);
    }

    /** This one, where more resources are confidential than those that are so by themselves. */
    public ResourceCatalog concealing(Predicate<GroupResource> more) {
        return new ResourceCatalog(List.copyOf(definitions.values()), made, unstored, more);
    }

    /** By the resource under which objects are stored. */
    public Optional<ResourceDefinition> definition(GroupResource resource) {
        return Optional.ofNullable(definitions.get(resource));
    }

    /** The definition that is served under a group and a plural, stored there or not. */
    public Optional<ResourceDefinition> servedAs(GroupResource resource) {
        return Optional.ofNullable(byPath.get(resource));
    }

    /** Whether a group has kinds that are built in, in whatever version. */
    public boolean hasBuiltin(String group) {
        return served.stream()
                .map(ServedResource::kind)
                .anyMatch(
                        kind ->
                                kind.group().equals(group)
                                        && of(kind).map(TypeSchema::isBuiltin).orElse(true));
    }

    /** The version in which objects of that kind are served. */
    public Optional<ServedVersion> version(GroupVersionKind kind) {
        return served.stream()
                .filter(each -> each.kind().equals(kind))
                .findFirst()
                .flatMap(each -> servedAs(new GroupResource(kind.group(), each.plural())))
                .flatMap(each -> each.version(kind.group(), kind.version()));
    }

    /** Of the kinds that are served, and of all other bodies of the published API. */
    @Override
    public Optional<TypeSchema> of(GroupVersionKind kind) {
        TypeSchema found = schemas.get(kind);
        return found == null ? Schemas.BUILTIN.of(kind) : Optional.of(found);
    }

    /** As clients discover it. */
    public List<ServedResource> served() {
        return served;
    }

    @Override
    public Map<String, String> selectableFields(GroupResource resource, Resource object) {
        ResourceDefinition found = definitions.get(resource);
        // Those of a custom kind may change while objects are stored: selections read the object.
        return found == null || !found.schema().isBuiltin()
                ? Map.of()
                : found.strategy().selectableFields(object.tree());
    }

    @Override
    public Durability durability(GroupResource resource) {
        ResourceDefinition found = definitions.get(resource);
        return found == null ? Durability.LOGGED : found.storage().durability();
    }

    @Override
    public boolean isConfidential(GroupResource resource) {
        ResourceDefinition found = definitions.get(resource);
        boolean isByItself = found != null && found.storage().isConfidential();
        // What is in memory first is kept in a table for which there is no sealed form.
        return isByItself
                || durability(resource) != Durability.MEMORY_FIRST && concealed.test(resource);
    }

    @Override
    public Set<GroupResource> resources() {
        return new TreeSet<>(definitions.keySet());
    }

    private List<ResourceDefinition> others(GroupResource resource) {
        List<ResourceDefinition> others = new ArrayList<>(definitions.values());
        others.removeIf(each -> each.resource().equals(resource));
        return others;
    }
}
