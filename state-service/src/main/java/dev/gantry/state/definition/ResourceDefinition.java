package dev.gantry.state.definition;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.state.schema.TypeSchema;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.strategy.SubresourceRules;
import dev.gantry.state.table.Printer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All that the server must know of one resource whose objects it stores. A value: what is built in
 * and what is made while the server runs look alike to everybody.
 *
 * @param versions first the one in which objects are stored; of the others all are served
 * @param verbs what can be done with the objects, in alphabetical order
 * @param subresources in alphabetical order
 * @param allocated what objects are given when they are created or changed
 */
public record ResourceDefinition(
        List<ServedVersion> versions,
        Aliases aliases,
        Storage storage,
        List<String> verbs,
        List<Subresource> subresources,
        Allocated allocated) {
    private static final List<String> ALL_VERBS =
            List.of(
                    "create",
                    "delete",
                    "deletecollection",
                    "get",
                    "list",
                    "patch",
                    "update",
                    "watch");

    /** Logged, with all verbs, and a status where the strategy says so. */
    public static ResourceDefinition of(Kind kind, Strategy strategy, Printer printer) {
        return of(ServedVersion.builtin(kind, strategy), printer);
    }

    public static ResourceDefinition of(ServedVersion stored, Printer printer) {
        Kind kind = stored.kind();
        Strategy strategy = stored.strategy();
        return new ResourceDefinition(
                List.of(stored.printed(printer)),
                new Aliases(kind.singular(), List.of(), List.of()),
                Storage.LOGGED,
                ALL_VERBS,
                strategy.hasStatus()
                        ? List.of(
                                new Subresource.Stored(
                                        SubresourceRules.status(strategy), Subresource.CHANGES))
                        : List.of(),
                Allocated.NOTHING);
    }

    public ResourceDefinition named(List<String> shortNames, List<String> categories) {
        return new ResourceDefinition(
                versions,
                new Aliases(aliases.singular(), shortNames, categories),
                storage,
                verbs,
                subresources,
                allocated);
    }

    public ResourceDefinition stored(Storage how) {
        return new ResourceDefinition(versions, aliases, how, verbs, subresources, allocated);
    }

    /** Served in a further version, too, and printed as in the others. */
    public ResourceDefinition also(ServedVersion version) {
        List<ServedVersion> all = new ArrayList<>(versions);
        all.add(version.printed(versions.getFirst().printer()));
        return new ResourceDefinition(
                List.copyOf(all), aliases, storage, verbs, subresources, allocated);
    }

    public ResourceDefinition without(String verb) {
        List<String> others = verbs.stream().filter(each -> !each.equals(verb)).toList();
        return new ResourceDefinition(versions, aliases, storage, others, subresources, allocated);
    }

    public ResourceDefinition allocating(Allocated what) {
        return new ResourceDefinition(versions, aliases, storage, verbs, subresources, what);
    }

    /** Adds to the subresources. */
    public ResourceDefinition with(Subresource... further) {
        List<Subresource> all = new ArrayList<>(subresources);
        all.addAll(List.of(further));
        all.sort(Comparator.comparing(Subresource::name));
        return new ResourceDefinition(
                versions, aliases, storage, verbs, List.copyOf(all), allocated);
    }

    /**
     * As requests in a version of a custom kind see it: with its subresources, and where a webhook
     * converts, as if objects were stored in it.
     */
    public ResourceDefinition in(ServedVersion version) {
        if (version.schema().isBuiltin() || version.kind().equals(kind())) {
            return this;
        }
        List<ServedVersion> order = new ArrayList<>(versions);
        if (version.webhook().isPresent()) {
            order.remove(version);
            order.addFirst(version);
        }
        return new ResourceDefinition(
                List.copyOf(order), aliases, storage, verbs, version.subresources(), allocated);
    }

    /** The version in which objects are stored. */
    public Kind kind() {
        return versions.getFirst().kind();
    }

    /** What writes in the stored form are held to. */
    public Strategy strategy() {
        return versions.getFirst().strategy();
    }

    /** Makes rows of tables of objects in the stored form. */
    public Printer printer() {
        return versions.getFirst().printer();
    }

    /** The schema of the stored form. */
    public TypeSchema schema() {
        return versions.getFirst().schema();
    }

    /** Empty where the version is not served. */
    public Optional<ServedVersion> version(String group, String version) {
        for (ServedVersion each : versions) {
            boolean isNamed =
                    each.kind().version().equals(version) && each.kind().group().equals(group);
            if (isNamed && each.isServed()) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    public GroupResource resource() {
        return kind().resource();
    }

    @Override
    public String toString() {
        return resource().toString();
    }

    public Optional<Subresource> subresource(String name) {
        for (Subresource each : subresources) {
            if (each.name().equals(name)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
