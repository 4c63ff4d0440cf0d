package dev.gantry.client.shell.actor;

import dev.gantry.client.duty.Duty;
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

/** Several duties over one cache and one feed. */
public final class Actors implements AutoCloseable {
    private final List<Actor> actors;
    private final Map<GroupResource, List<Actor>> watching = new HashMap<>();
    private final ChangeFeed feed;

    /**
     * @param cache filled by this and nobody else
     */
    public Actors(
            String name,
            List<Duty> duties,
            KafkaSettings kafka,
            ObjectCache cache,
            Performer performer) {
        var world = new CacheWorld(cache);
        this.actors =
                duties.stream().map(duty -> new Actor(duty, cache, world, performer)).toList();
        for (Actor actor : actors) {
            for (GroupResource resource : actor.duty().watches()) {
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

    /** Has a duty look at a key although none of the objects that it watches changed. */
    public void look(Duty duty, ObjectKey key) {
        for (Actor actor : actors) {
            if (actor.duty() == duty) {
                actor.look(key);
            }
        }
    }

    private void observe(ObjectKey key, Optional<Resource> before, Optional<Resource> after) {
        var change = new Duty.Change(key, before, after);
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
