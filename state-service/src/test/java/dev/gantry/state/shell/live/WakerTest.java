package dev.gantry.state.shell.live;

import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.message.ChangeMessage.Type;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.LogEvent;
import dev.gantry.state.log.Samples;
import dev.gantry.state.memory.ObjectEncoder;
import dev.gantry.state.watch.WatchWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WakerTest {
    private static final int WATCHERS = 6 * Waker.AT_ONCE;
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final ObjectEncoder ENCODER = new ObjectEncoder((_, _) -> Map.of());

    private final List<Watcher> watchers = new ArrayList<>();
    private final WatchRing ring = ring();
    private final WatchRing other = ring();

    /** Hears of an event, and goes on only when it is let. */
    private static final class Watcher {
        private final AtomicInteger heard = new AtomicInteger();
        private final Semaphore mayGoOn = new Semaphore(0);
        private final Thread thread;

        Watcher(WatchRing ring) {
            thread = Thread.ofVirtual().start(() -> watch(ring));
        }

        boolean isHeld() {
            return heard.get() == 1 && mayGoOn.hasQueuedThreads();
        }

        private void watch(WatchRing ring) {
            var waiter = new WatchRing.Waiter();
            try {
                while (!waiter.isClosed()) {
                    ring.await(heard.get(), waiter, LONG);
                    heard.incrementAndGet();
                    mayGoOn.acquire();
                }
            } catch (InterruptedException ended) {
                ring.forget(waiter);
            }
        }
    }

    @AfterEach
    void end() {
        watchers.forEach(each -> each.thread.interrupt());
    }

    @Test
    void wakesTheNextWhenMostOfTheFirstWaitAgain() {
        watch(WATCHERS, ring);
        try (var waker = new Waker(LONG).start()) {
            happens(ring, 1, waker);
            await().until(() -> hearers(1) == Waker.AT_ONCE);
            release(
                    watchers.stream()
                            .filter(each -> each.heard.get() == 1)
                            .limit(Waker.AT_ONCE - Waker.stillOut(Waker.AT_ONCE) - 1)
                            .toList());
            assertThat(hearers(1)).isEqualTo(Waker.AT_ONCE);

            release(watchers);
            await().until(() -> hearers(1) == WATCHERS);
        }
    }

    @Test
    void thoseWhoDoNotComeBackKeepNobodyFromHearing() {
        watch(WATCHERS, ring);
        try (var waker = new Waker(Duration.ofMillis(1)).start()) {
            happens(ring, 1, waker);
            await().until(() -> hearers(1) == WATCHERS);
        }
    }

    @Test
    void whatHappensMeanwhileIsHeardTooByEverybodyWhoReads() {
        watch(WATCHERS, ring);
        watchers.forEach(each -> each.mayGoOn.release(1000));
        try (var waker = new Waker(LONG).start()) {
            for (int revision = 1; revision <= 100; revision++) {
                happens(ring, revision, waker);
            }
            await().until(() -> hearers(100) == WATCHERS);
        }
    }

    @Test
    void oneRingsManyWatchersDoNotHoldBackAnothers() {
        watch(WATCHERS, ring);
        var lonely = watch(1, other).getLast();
        try (var waker = new Waker(LONG).start()) {
            happens(ring, 1, waker);
            happens(other, 1, waker);
            await().until(
                            () -> {
                                release(watchers.stream().filter(Watcher::isHeld).toList());
                                return lonely.heard.get() == 1;
                            });
            assertThat(hearers(1)).isLessThan(WATCHERS);
        }
    }

    private List<Watcher> watch(int count, WatchRing where) {
        for (int i = 0; i < count; i++) {
            watchers.add(new Watcher(where));
        }
        await().until(
                        () ->
                                watchers.stream()
                                        .allMatch(
                                                each ->
                                                        each.thread.getState()
                                                                == Thread.State.TIMED_WAITING));
        return watchers;
    }

    private static void release(List<Watcher> some) {
        some.forEach(each -> each.mayGoOn.release());
    }

    private long hearers(int events) {
        return watchers.stream().filter(each -> each.heard.get() >= events).count();
    }

    private static void happens(WatchRing ring, long revision, Waker waker) {
        var object =
                ENCODER.encode(Samples.configMap("a"), Samples.configMapWith("a", "1"))
                        .at(new Revision(revision));
        var event = new LogEvent(new Revision(revision), Type.MODIFIED, object, Optional.empty());
        ring.append(List.of(event));
        waker.wake(ring);
    }

    private static WatchRing ring() {
        return new WatchRing(new WatchWindow(1000, 16 << 20, Revision.NONE));
    }
}
