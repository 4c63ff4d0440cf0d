package dev.gantry.agent.shell.worker;

import dev.gantry.agent.pod.RelistPace;
import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.runtime.container.ContainerEntry;
import dev.gantry.agent.runtime.container.ContainerEvent;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.meta.Uid;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Wakes workers when something happened to their containers.
 *
 * <p>Events come at once but may be lost. So the states are listed as well, as often as {@link
 * RelistPace} says, and the workers of containers that differ from the last listing are woken too.
 *
 * <p>Cost: a listing takes two calls, and more of the runtime than of the agent.
 */
public final class EventWatch implements AutoCloseable {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int SECONDS_BETWEEN_LOOKS = 20;
    private static final Duration REFRESH = Duration.ofSeconds(60);

    private final ContainerRuntime runtime;
    private final PodWorkers workers;
    private final RelistPace pace = new RelistPace();
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
        synchronized (pace) {
            pace.listening();
        }
        workers.wakeAll();
        runtime.followEvents(this::onEvent);
        throw new IllegalStateException("the runtime ended its events");
    }

    private void onEvent(ContainerEvent event) {
        if (!event.podUid().isEmpty()) {
            hear(new Uid(event.podUid()));
            return;
        }
        Optional<ContainerEntry> container =
                runtime.containers().stream()
                        .filter(each -> each.id().equals(event.containerId()))
                        .findFirst();
        container.ifPresent(each -> hear(new Uid(each.podUid())));
    }

    private void hear(Uid pod) {
        synchronized (pace) {
            pace.told(pod);
        }
        workers.wake(pod);
    }

    private void goRound() throws InterruptedException {
        Map<String, String> before = Map.of();
        for (long second = 1; rounds.pause(SECOND); second++) {
            if (isDue(second)) {
                Map<String, String> now = states();
                compare(before, now);
                before = now;
            }
            if (second % SECONDS_BETWEEN_LOOKS == 0) {
                workers.wakeAll();
            }
        }
    }

    private boolean isDue(long second) {
        synchronized (pace) {
            return pace.isDue(second, !workers.isEmpty());
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

    private void compare(Map<String, String> before, Map<String, String> now) {
        Set<Uid> changed = new HashSet<>();
        addDifferent(before, now, changed);
        addDifferent(now, before, changed);
        synchronized (pace) {
            pace.listed(changed);
        }
        changed.forEach(workers::wake);
    }

    private static void addDifferent(
            Map<String, String> one, Map<String, String> other, Set<Uid> changed) {
        one.forEach(
                (key, state) -> {
                    if (!state.equals(other.get(key))) {
                        changed.add(new Uid(key.substring(0, key.indexOf('/'))));
                    }
                });
    }

    private void refresh() throws InterruptedException {
        while (refresh.pause(REFRESH)) {
            workers.refreshAll();
        }
    }
}
