package dev.gantry.gateway.shell.flowcontrol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.authorization.Access;
import dev.gantry.gateway.flowcontrol.FlowSchema;
import dev.gantry.gateway.flowcontrol.FlowSchema.Distinguisher;
import dev.gantry.gateway.flowcontrol.Queuing;
import dev.gantry.model.exchange.Caller;
import dev.gantry.testkit.Patience;
import dev.gantry.testkit.Seeds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The seats of a level: from one thread and one seed, and from many threads at once. */
@Timeout(120)
class SeatsTest {
    private static final Queuing QUEUING = new Queuing(8, 2, 20);

    private static QueuedRequest request(long flow, int width) {
        return new QueuedRequest(
                new FlowSchema("s", "", 1, "l", Distinguisher.BY_USER, List.of()),
                new Caller(Long.toString(flow), "", List.of(), new TreeMap<>()),
                Access.path("get", "/"),
                width,
                Instant.EPOCH);
    }

    static LongStream seeds() {
        return Seeds.first(100);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void losesNoSeatExceedsNoLimitAndLetsNobodyWaitInVain(long seed) {
        new Simulation(seed).run();
    }

    /** A level as its requests see it, told step by step what happens. */
    private static final class Simulation {
        private final Random random;
        private final Seats seats = new Seats(QUEUING, () -> 0);
        private final List<Integer> atOnce = new ArrayList<>();
        private final List<Seats.Waiting> waiting = new ArrayList<>();
        private final List<Seats.Waiting> served = new ArrayList<>();
        private int limit = 5;
        private int before;

        Simulation(long seed) {
            this.random = new Random(seed);
            seats.setLimit(limit);
        }

        void run() {
            for (int step = 0; step < 400; step++) {
                act(random.nextInt(10));
                check();
            }
            while (!atOnce.isEmpty() || !served.isEmpty()) {
                leave();
                check();
            }
            assertThat(waiting).isEmpty();
            assertThat(seats.taken()).isZero();
            assertThat(seats.waiting()).isZero();
        }

        private void act(int what) {
            if (what < 5) {
                arrive(1 + random.nextInt(3), random.nextLong());
            } else if (what < 8) {
                leave();
            } else if (what == 8 && !waiting.isEmpty()) {
                Seats.Waiting impatient = waiting.remove(random.nextInt(waiting.size()));
                assertThat(seats.giveUp(impatient)).isTrue();
            } else if (what == 9) {
                limit = 3 + random.nextInt(8);
                seats.setLimit(limit);
            }
        }

        private void arrive(int width, long flow) {
            if (seats.takeAtOnce(width)) {
                atOnce.add(width);
            } else {
                seats.join(request(flow, width)).ifPresent(waiting::add);
            }
        }

        private void leave() {
            int all = atOnce.size() + served.size();
            if (all == 0) {
                return;
            }
            int chosen = random.nextInt(all);
            if (chosen < atOnce.size()) {
                seats.give(atOnce.remove(chosen));
            } else {
                seats.end(
                        served.remove(chosen - atOnce.size()).ticket(), random.nextInt(10_000_000));
            }
        }

        private void check() {
            for (Seats.Waiting each : List.copyOf(waiting)) {
                if (each.turn().getCount() == 0) {
                    waiting.remove(each);
                    served.add(each);
                }
            }
            int held =
                    atOnce.stream().mapToInt(each -> each).sum()
                            + served.stream().mapToInt(each -> each.ticket().width()).sum();
            assertThat(seats.taken()).as("no seat is lost").isEqualTo(held);
            assertThat(seats.waiting()).isEqualTo(waiting.size());
            assertThat(held)
                    .as("no limit is exceeded")
                    .isLessThanOrEqualTo(Math.max(limit, before));
            before = held;
            if (!waiting.isEmpty()) {
                int widest =
                        waiting.stream().mapToInt(each -> each.ticket().width()).max().orElse(0);
                assertThat(held + widest).as("nobody waits in vain").isGreaterThan(limit);
            }
        }
    }

    @Test
    void aRequestThatIsWiderThanTheLevelIsServedAlone() {
        Seats seats = new Seats(QUEUING, () -> 0);
        seats.setLimit(2);
        assertThat(seats.takeAtOnce(5)).isTrue();
        assertThat(seats.takeAtOnce(1)).isFalse();
        seats.give(5);
        assertThat(seats.takeAtOnce(1)).isTrue();
        assertThat(seats.takeAtOnce(5)).isFalse();
    }

    @Test
    void whoWaitsIsServedBeforeWhoComesLater() {
        Seats seats = new Seats(QUEUING, () -> 0);
        seats.setLimit(2);
        assertThat(seats.takeAtOnce(1)).isTrue();
        Seats.Waiting wide = seats.join(request(1, 2)).orElseThrow();
        assertThat(seats.takeAtOnce(1)).as("though a seat is free").isFalse();
        seats.give(1);
        assertThat(wide.turn().getCount()).isZero();
    }

    @Test
    void remembersTheMostThatWasWantedAtOnce() {
        Seats seats = new Seats(QUEUING, () -> 0);
        seats.setLimit(2);
        assertThat(seats.takeAtOnce(2)).isTrue();
        Seats.Waiting waiting = seats.join(request(1, 3)).orElseThrow();
        seats.giveUp(waiting);
        seats.give(2);
        assertThat(seats.takeHighest()).isEqualTo(5);
        assertThat(seats.takeHighest()).isZero();
    }

    @Test
    void servesManyThreadsWithoutLosingASeatOrExceedingTheLimit() throws InterruptedException {
        Seats seats = new Seats(new Queuing(4, 2, 10_000), System::nanoTime);
        seats.setLimit(3);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger servedInAll = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 2_000; i++) {
                long flow = i % 7;
                threads.execute(
                        () -> {
                            Optional<Seats.Waiting> waited = Optional.empty();
                            if (!seats.takeAtOnce(1)) {
                                waited = seats.join(request(flow, 1));
                                assertThat(seats.await(waited.orElseThrow(), Patience.LIMIT))
                                        .isTrue();
                            }
                            most.accumulateAndGet(running.incrementAndGet(), Math::max);
                            Thread.yield();
                            servedInAll.incrementAndGet();
                            running.decrementAndGet();
                            waited.ifPresentOrElse(
                                    each -> seats.end(each.ticket(), 1_000), () -> seats.give(1));
                        });
            }
            threads.shutdown();
            assertThat(threads.awaitTermination(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
        assertThat(servedInAll).hasValue(2_000);
        assertThat(most.get()).isLessThanOrEqualTo(3);
        assertThat(seats.taken()).isZero();
        assertThat(seats.waiting()).isZero();
    }
}
