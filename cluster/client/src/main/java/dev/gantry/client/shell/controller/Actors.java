package dev.gantry.client.shell.controller;

import dev.gantry.client.controller.Controller;
import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.client.shell.feed.ChangeFeed;
import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Several controllers over one cache and one feed. */
public final class Actors implements AutoCloseable {
    private final List<Actor> actors;
    private final Map<GroupResource, List<Actor>> watching = new HashMap<>();
    private final ChangeFeed feed;

    /**
     * @param cache filled by this and nobody else
     */
    public Actors(
            String name,
            List<Controller> controllers,
            KafkaSettings kafka,
            ObjectCache cache,
            Performer performer) {
        var world = new CacheWorld(cache);
        this.actors =
                controllers.stream().map(controller -> new Actor(controller, cache, world, performer)).toList();
        for (Actor actor : actors) {
            for (GroupResource resource : actor.controller().watches()) {
                watching.computeIfAbsent(resource, _ -> new ArrayList<>()).add(actor);
            }
        }
        cache.observe(this::observe);
        this.feed = new ChangeFeed(name, kafka, watching.keySet(), cache);
    }

    public void start() {
        actors.forEach(Actor::start);
        feed.start();
    }

    /** Has a controller look at a key although none of the objects that it watches changed. */
    public void look(Controller controller, ObjectKey key) {
        for (Actor actor : actors) {
            if (actor.controller() == controller) {
                actor.look(key);
            }
        }
    }

    private void observe(ObjectKey key, Optional<Resource> before, Optional<Resource> after) {
        var change = new Controller.Change(key, before, after);
        for (Actor actor : watching.getOrDefault(key.resource(), List.of())) {
            actor.hear(change);
        }
    }

    @Override
    public void close() {
        feed.close();
        actors.forEach(Actor::close);
    }
}
