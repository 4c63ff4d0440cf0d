package dev.gantry.bench.watch;

import dev.gantry.bench.report.Samples;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** When objects, which are known by numbers, were sent, acknowledged and heard of. */
public final class Deliveries {
    private static final long PATIENCE_SECONDS = 5;

    private final long expected;
    private final ConcurrentHashMap<Integer, Long> sent = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Integer, Long> acknowledged = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private final AtomicLong count = new AtomicLong();
    private final CountDownLatch all = new CountDownLatch(1);

    private record Arrival(int number, long nanos) {}

    public Deliveries(long expected) {
        this.expected = expected;
    }

    void send(int number) {
        sent.put(number, System.nanoTime());
    }

    void acknowledge(int number) {
        acknowledged.put(number, System.nanoTime());
    }

    void hear(int number) {
        arrivals.add(new Arrival(number, System.nanoTime()));
        if (count.incrementAndGet() == expected) {
            all.countDown();
        }
    }

    /** Waits for the last of them, for a few seconds. */
    public void await() throws InterruptedException {
        if (!all.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            System.err.printf("%d of %d events were heard%n", count.get(), expected);
        }
    }

    public long count() {
        return count.get();
    }

    public long missing() {
        return expected - count.get();
    }

    /** An event may overtake the acknowledgement: it then took no time. */
    public Samples afterAcknowledgement() {
        return since(acknowledged);
    }

    public Samples afterSending() {
        return since(sent);
    }

    private Samples since(ConcurrentHashMap<Integer, Long> began) {
        Samples samples = new Samples();
        for (Arrival each : List.copyOf(arrivals)) {
            Long since = began.get(each.number());
            if (since != null) {
                samples.add(Math.max(0, each.nanos() - since));
            }
        }
        return samples;
    }
}
