package dev.gantry.agent.shell.worker;

import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.runtime.container.ContainerEntry;
import dev.gantry.agent.runtime.container.ContainerEvent;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.meta.Uid;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Wakes workers when something happened to their containers.
 *
 * <p>Events come at once but may be lost: containerd gives each to one listener, and a listener
 * that left takes one more with it. So the states are listed every second, which costs two calls,
 * and the workers of containers that differ from the last listing are woken too.
 */
public final class EventWatch implements AutoCloseable {
    private static final Duration LISTING = Duration.ofSeconds(1);
    private static final int LISTINGS_PER_ROUND = 20;
    private static final Duration REFRESH = Duration.ofSeconds(60);

    private final ContainerRuntime runtime;
    private final PodWorkers workers;
    private final Loop events = new Loop("container-events", this::follow);
    private final Loop rounds = new Loop("relist", this::goRound);
    private final Loop refresh = new Loop("refresh", this::refresh);

    public EventWatch(ContainerRuntime runtime, PodWorkers workers) {
        this.runtime = runtime;
        this.workers = workers;
    }

    public EventWatch start() {
        events.start();
        rounds.start();
        refresh.start();
        return this;
    }

    @Override
    public void close() {
        refresh.close();
        rounds.close();
        events.close();
    }

    private void follow() throws InterruptedException {
        workers.wakeAll();
        runtime.followEvents(this::onEvent);
        throw new IllegalStateException("the runtime ended its events");
    }

    private void onEvent(ContainerEvent event) {
        if (!event.podUid().isEmpty()) {
            workers.wake(new Uid(event.podUid()));
            return;
        }
        Optional<ContainerEntry> container =
                runtime.containers().stream()
                        .filter(each -> each.id().equals(event.containerId()))
                        .findFirst();
        container.ifPresent(each -> workers.wake(new Uid(each.podUid())));
    }

    private void goRound() throws InterruptedException {
        Map<String, String> before = Map.of();
        for (long round = 1; rounds.pause(LISTING); round++) {
            Map<String, String> now = states();
            wakeWhereDifferent(before, now);
            wakeWhereDifferent(now, before);
            before = now;
            if (round % LISTINGS_PER_ROUND == 0) {
                workers.wakeAll();
            }
        }
    }

    /** By pod and id, such as {@code uid/id}. */
    private Map<String, String> states() {
        Map<String, String> found = new HashMap<>();
        runtime.containers()
                .forEach(each -> found.put(each.podUid() + "/" + each.id(), each.state().name()));
        runtime.sandboxes()
                .forEach(each -> found.put(each.podUid() + "/" + each.id(), "" + each.isReady()));
        return found;
    }

    private void wakeWhereDifferent(Map<String, String> one, Map<String, String> other) {
        one.forEach(
                (key, state) -> {
                    if (!state.equals(other.get(key))) {
                        workers.wake(new Uid(key.substring(0, key.indexOf('/'))));
                    }
                });
    }

    private void refresh() throws InterruptedException {
        while (refresh.pause(REFRESH)) {
            workers.refreshAll();
        }
    }
}
