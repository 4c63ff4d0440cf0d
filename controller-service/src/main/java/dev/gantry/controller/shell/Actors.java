package dev.gantry.controller.shell;

import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.client.shell.feed.ChangeFeed;
import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.controller.duty.Duty;
import dev.gantry.controller.shell.act.Performer;
import dev.gantry.controller.shell.observe.CacheWorld;
import dev.gantry.model.meta.GroupResource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** All duties over one cache and one feed. */
final class Actors implements AutoCloseable {
    private final List<Actor> actors;
    private final ChangeFeed feed;

    Actors(List<Duty> duties, KafkaSettings kafka, Performer performer) {
        var cache = new ObjectCache();
        var world = new CacheWorld(cache);
        this.actors =
                duties.stream().map(duty -> new Actor(duty, cache, world, performer)).toList();
        Set<GroupResource> watched = new TreeSet<>();
        duties.forEach(duty -> watched.addAll(duty.watches()));
        this.feed = new ChangeFeed("controllers", kafka, watched, cache);
    }

    void start() {
        actors.forEach(Actor::start);
        feed.start();
    }

    @Override
    public void close() {
        feed.close();
        actors.forEach(Actor::close);
    }
}
