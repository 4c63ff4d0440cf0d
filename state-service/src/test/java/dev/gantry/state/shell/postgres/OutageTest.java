package dev.gantry.state.shell.postgres;

import static dev.gantry.state.log.Samples.createConfigMap;
import static dev.gantry.state.log.StateLogContract.CONFIG_MAPS;
import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.CommitOutcome;
import dev.gantry.state.log.LogEvent;
import dev.gantry.state.log.Samples;
import dev.gantry.state.log.StateLog;
import dev.gantry.testkit.Patience;
import dev.gantry.testkit.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is promised when PostgreSQL goes away in the middle of a load, in whatever way. */
class OutageTest {
    private static final int WRITERS = 8;

    @Test
    void cutConnectionsLoseNothingThatWasAcknowledged() throws Exception {
        survives(TestPostgres.freshDatabase(), TestPostgres::cutConnections, 6);
    }

    @Test
    void aKilledServerLosesNothingThatWasAcknowledged() throws Exception {
        try (var postgres = TestPostgres.ownServer()) {
            survives(
                    postgres,
                    server -> {
                        server.kill();
                        server.start();
                    },
                    2);
        }
    }

    @Test
    void readsAndWatchesGoOnWithoutTheDatabaseAndWritesAreRefused() throws Exception {
        try (var postgres = TestPostgres.ownServer();
                var running = RunningLog.leading(postgres)) {
            running.log.commit(List.of(createConfigMap("a", "1")));
            try (var cursor = running.log.watch(CONFIG_MAPS, new Revision(1))) {
                postgres.stop();

                await().until(() -> !running.log.isLeading());

                assertThat(running.log.commit(List.of(createConfigMap("b", "1"))))
                        .isInstanceOf(CommitOutcome.Unavailable.class);
                assertThat(running.log.get(Samples.configMap("a"))).isPresent();
                assertThat(cursor.poll(Patience.LIMIT)).hasSize(1);

                postgres.start();
                running.awaitLeading();
                assertThat(running.log.commit(List.of(createConfigMap("c", "1"))))
                        .isInstanceOf(CommitOutcome.Committed.class);
                assertThat(cursor.poll(Patience.LIMIT))
                        .extracting(event -> event.object().key().name())
                        .containsExactly("c");
            }
        }
    }

    private interface Disaster {
        void strike(TestPostgres postgres);
    }

    private static void survives(TestPostgres postgres, Disaster disaster, int times)
            throws Exception {
        Path keyFile = RunningLog.keyFile();
        Set<String> acknowledged;
        List<LogEvent> seen = new ArrayList<>();
        try (var running = RunningLog.start(postgres, keyFile, 100_000).awaitLeading()) {
            var cursor = running.log.watch(CONFIG_MAPS, running.log.revision());
            var load = new Load(running.log);
            for (int time = 0; time < times; time++) {
                load.awaitMore(200);
                disaster.strike(postgres);
                running.awaitLeading();
            }
            load.awaitMore(200);
            acknowledged = load.stop();
            while (cursor.position().value() < running.log.revision().value()) {
                seen.addAll(cursor.poll(Duration.ofSeconds(1)));
            }
            cursor.close();
            assertInOrder(seen);
            assertThat(names(running.log)).containsAll(acknowledged);
            assertThat(seen.stream().map(event -> event.object().key().name()))
                    .containsExactlyInAnyOrderElementsOf(names(running.log));
        }
        try (var again = RunningLog.start(postgres, keyFile, 100).awaitLeading()) {
            assertThat(names(again.log)).containsAll(acknowledged);
            assertThat(names(again.log)).hasSameSizeAs(seen);
        }
    }

    private static void assertInOrder(List<LogEvent> seen) {
        for (int i = 1; i < seen.size(); i++) {
            assertThat(seen.get(i).revision().isAfter(seen.get(i - 1).revision())).isTrue();
        }
    }

    private static List<String> names(StateLog log) {
        return log.list(CONFIG_MAPS, "").objects().stream()
                .map(object -> object.key().name())
                .toList();
    }

    /** Writers that note what was acknowledged, and go on through refusals. */
    private static final class Load {
        private final StateLog log;
        private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
        private final AtomicInteger number = new AtomicInteger();
        private final CountDownLatch stopped = new CountDownLatch(1);
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final List<Future<?>> writers = new ArrayList<>();

        Load(StateLog log) {
            this.log = log;
            for (int i = 0; i < WRITERS; i++) {
                writers.add(threads.submit(this::write));
            }
        }

        void awaitMore(int count) {
            int wanted = acknowledged.size() + count;
            await().until(() -> acknowledged.size() >= wanted);
        }

        /** Throws what a writer has thrown. */
        Set<String> stop() throws InterruptedException, ExecutionException {
            stopped.countDown();
            threads.shutdown();
            for (Future<?> writer : writers) {
                writer.get();
            }
            return acknowledged;
        }

        private @Nullable Void write() throws InterruptedException {
            while (stopped.getCount() > 0) {
                String name = "n" + number.incrementAndGet();
                switch (log.commit(List.of(createConfigMap(name, "1")))) {
                    case CommitOutcome.Committed _ -> acknowledged.add(name);
                    case CommitOutcome.Unavailable _ -> stopped.await(5, TimeUnit.MILLISECONDS);
                    case CommitOutcome.Stale stale ->
                            throw new AssertionError("a fresh name is there: " + stale);
                    case CommitOutcome.TooLarge large ->
                            throw new AssertionError("a small object is large: " + large);
                }
            }
            return null;
        }
    }
}
