package dev.gantry.state.shell.catalog;

import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.definition.ResourceDefinition;
import dev.gantry.state.kind.apiextensions.customresourcedefinition.NamesAcceptance;
import dev.gantry.state.kind.apiextensions.customresourcedefinition.Termination;
import dev.gantry.state.kind.custom.CustomKinds;
import dev.gantry.state.log.StateLog;
import dev.gantry.state.log.StoredObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * Follows the definitions of custom resources: accepts their names, serves what is established, and
 * deletes the objects of those that go.
 *
 * <p>Invariant: a definition says that it is established only when it is served already.
 *
 * <p>Cost: one thread, however many definitions there are; a change decodes what changed.
 */
public final class CustomResourceDefinitions implements AutoCloseable {
    private static final GroupResource RESOURCE = Kinds.CUSTOM_RESOURCE_DEFINITION.resource();
    private static final Duration REST = Duration.ofMinutes(1);
    private static final Duration NEXT_LOOK = Duration.ofSeconds(1);

    private final Dependencies dependencies;
    private final InstantSource clock;
    private final Map<String, Resource> decoded = new HashMap<>();
    private final Map<GroupResource, Resource> served = new HashMap<>();
    private final Loop loop = new Loop("state-custom-resources", this::run);

    public CustomResourceDefinitions(Dependencies dependencies, InstantSource clock) {
        this.dependencies = dependencies;
        this.clock = clock;
    }

    public CustomResourceDefinitions start() {
        loop.start();
        return this;
    }

    @Override
    public void close() {
        loop.close();
    }

    private void run() throws InterruptedException {
        dependencies.awaitReady(loop);
        while (!loop.isClosed()) {
            StateLog.Snapshot snapshot = dependencies.log().list(RESOURCE, "");
            follow(snapshot);
            dependencies.catalog().complete();
            boolean isBusy = settle();
            dependencies.awaitChange(RESOURCE, snapshot, isBusy ? NEXT_LOOK : REST, loop);
        }
    }

    /** Serves what is established and no longer what is not. */
    private void follow(StateLog.Snapshot snapshot) {
        Set<String> names = new HashSet<>();
        for (StoredObject each : snapshot.objects()) {
            names.add(each.key().name());
            Resource known = decoded.get(each.key().name());
            if (known == null || !known.revision().equals(each.revision())) {
                Resource definition = each.decode();
                decoded.put(each.key().name(), definition);
                serve(definition);
            }
        }
        decoded.keySet().retainAll(names);
        for (GroupResource each : List.copyOf(served.keySet())) {
            if (!names.contains(each.toString())) {
                served.remove(each);
                dependencies.catalog().remove(each);
            }
        }
    }

    /** Cost: what is served is made anew only where the definition says something else. */
    private void serve(Resource definition) {
        GroupResource resource = resourceOf(definition);
        boolean isEstablished = CustomKinds.isEstablished(definition);
        Resource before = served.get(resource);
        if (isEstablished && before != null && !CustomKinds.differ(before, definition)) {
            return;
        }
        Optional<ResourceDefinition> wanted =
                isEstablished ? CustomKinds.of(definition) : Optional.empty();
        if (wanted.isPresent()) {
            served.put(resource, definition);
            dependencies.catalog().put(wanted.get());
        } else if (served.remove(resource) != null) {
            dependencies.catalog().remove(resource);
        }
    }

    private static GroupResource resourceOf(Resource definition) {
        return new GroupResource(
                Resource.text(definition.spec(), "group"),
                Resource.text(definition.spec().path("names"), "plural"));
    }

    /** Returns whether there is more to do soon. */
    private boolean settle() {
        boolean isBusy = false;
        for (Resource each : List.copyOf(decoded.values())) {
            if (Termination.isAwaited(each)) {
                isBusy |= terminate(each);
            } else {
                accept(each);
            }
        }
        return isBusy;
    }

    private void accept(Resource definition) {
        if (NamesAcceptance.isSettled(definition)) {
            return;
        }
        String group = Resource.text(definition.spec(), "group");
        Optional<ObjectNode> wanted =
                NamesAcceptance.among(List.copyOf(decoded.values()), group)
                        .decide(definition, clock.instant());
        if (wanted.isEmpty()) {
            return;
        }
        Resource accepted = new Resource(wanted.get());
        serve(accepted);
        dependencies
                .instances()
                .putStatus(accepted)
                .ifPresent(stored -> decoded.put(stored.name(), stored));
    }

    /** Returns whether objects are left, which something keeps. */
    private boolean terminate(Resource definition) {
        GroupResource resource = resourceOf(definition);
        Optional<ResourceDefinition> kind = dependencies.catalog().get().definition(resource);
        Resource current = definition;
        if (kind.isPresent() && !namespaces(resource).isEmpty()) {
            Resource marked = new Resource(Termination.inProgress(definition, clock.instant()));
            current = dependencies.instances().putStatus(marked).orElse(definition);
            decoded.put(current.name(), current);
            dependencies.instances().deleteAll(kind.get(), namespaces(resource));
        }
        return kind.isPresent() && !namespaces(resource).isEmpty()
                || dependencies.instances().put(new Resource(Termination.ended(current))).isEmpty();
    }

    /** Those in which objects are left; the empty one where they have none. */
    private Set<String> namespaces(GroupResource resource) {
        Set<String> found = new TreeSet<>();
        dependencies
                .log()
                .list(resource, "")
                .objects()
                .forEach(each -> found.add(each.key().namespace()));
        return found;
    }
}
