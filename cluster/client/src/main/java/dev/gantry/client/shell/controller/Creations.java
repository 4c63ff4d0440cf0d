package dev.gantry.client.shell.controller;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.UncertainNames;
import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ApiUnreachable;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Owner;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import dev.gantry.model.plan.Action;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates objects, each once, also where the answer to a creation is lost.
 *
 * <p>An object with {@code generateName} gets its name here and not from the API: asked for again,
 * it is found by that name.
 */
final class Creations {
    /** Compat: those that the API takes for generated names: nothing that reads as a word. */
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

    private static final int SUFFIX = 5;
    private static final int LONGEST_PREFIX = 63 - SUFFIX;
    private static final int MOST_TRIES = 8;

    private final ClusterApi api;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final UncertainNames uncertain = new UncertainNames();

    Creations(ClusterApi api) {
        this.api = api;
    }

    Resource create(Action.Create create, ClusterReader cache) {
        Resource object = create.object();
        String prefix = Resource.text(object.metadata(), "generateName");
        if (!object.name().isEmpty() || prefix.isEmpty()) {
            return api.create(create.resource(), object);
        }
        String first =
                uncertain
                        .take(create.resource(), object.namespace(), prefix, cache)
                        .orElseGet(() -> generated(prefix));
        Resource named = named(object, first);
        for (int i = 1; ; i++) {
            try {
                return api.create(create.resource(), named);
            } catch (ApiUnreachable lost) {
                keep(create.resource(), named);
                throw lost;
            } catch (ApiRefused refused) {
                if (!refused.isConflict()) {
                    // An earlier request of that name may have gone well, or this one after all.
                    keep(create.resource(), named);
                    throw refused;
                }
                Optional<Resource> ours = made(named, create.resource(), cache);
                if (ours.isPresent() || i == MOST_TRIES) {
                    return ours.orElseThrow(() -> refused);
                }
                named = named(object, generated(prefix));
            }
        }
    }

    /**
     * The object of that name where this made it before, without learning so: by a request that was
     * lost, or one that the connection repeated. One that the cache shows was counted already.
     */
    private Optional<Resource> made(Resource object, GroupResource resource, ClusterReader cache) {
        ObjectKey key = object.key(resource);
        return cache.get(key).isPresent()
                ? Optional.empty()
                : api.get(key).filter(found -> controller(found).equals(controller(object)));
    }

    private void keep(GroupResource resource, Resource object) {
        uncertain.keep(
                resource,
                object.namespace(),
                Resource.text(object.metadata(), "generateName"),
                object.name());
    }

    private static Optional<Uid> controller(Resource object) {
        return object.controller().map(Owner::uid);
    }

    /** Cost: shares all but the metadata, as templates of pods are large. */
    private static Resource named(Resource object, String name) {
        ObjectNode tree = object.tree().objectNode();
        tree.setAll(object.tree());
        tree.set("metadata", object.metadata().deepCopy());
        Resource named = new Resource(tree);
        named.mutableMetadata().put("name", name);
        return named;
    }

    private String generated(String prefix) {
        StringBuilder name =
                new StringBuilder(prefix.substring(0, Math.min(prefix.length(), LONGEST_PREFIX)));
        for (int i = 0; i < SUFFIX; i++) {
            name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return name.toString();
    }
}
