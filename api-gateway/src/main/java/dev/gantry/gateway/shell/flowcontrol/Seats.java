package dev.gantry.gateway.shell.flowcontrol;

import dev.gantry.gateway.flowcontrol.FairQueues;
import dev.gantry.gateway.flowcontrol.FairQueues.QueueState;
import dev.gantry.gateway.flowcontrol.FairQueues.Ticket;
import dev.gantry.gateway.flowcontrol.Queuing;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The seats of one level, and the requests before them.
 *
 * <pre>
 *   comes ──a seat is free, and nobody waits──► is served ──► leaves, the next one is served
 *     │                                           ▲
 *     └──else──► waits in a queue ──its turn──────┘
 *     │             └──not in time──► 429
 *     └──the queue is full, or there is none──► 429
 * </pre>
 *
 * <p>Invariant: at most {@code limit} seats are taken, but for a single request that alone wants
 * more, and those that were there when the limit went down. Nobody waits while the seats that are
 * free are enough for whoever is next: who comes counts itself among those that wait before it
 * looks for seats, and who leaves gives its seats back before it looks for those that wait.
 *
 * <p>Cost: a request that need not wait takes no lock: one atomic addition in, one out.
 */
final class Seats {
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger highest = new AtomicInteger();
    private final ReentrantLock lock = new ReentrantLock();
    private final FairQueues queues;
    private final Map<Ticket, Waiting> held = new HashMap<>();
    private final LongSupplier nanos;
    private volatile int waiting;
    private volatile int limit;

    /** A request that had to wait, until it ends, and the moment in which it may begin. */
    static final class Waiting {
        private final Ticket ticket;
        private final QueuedRequest request;
        private final CountDownLatch turn = new CountDownLatch(1);

        /** Guarded by the lock. */
        private @Nullable Instant started;

        private Waiting(Ticket ticket, QueuedRequest request) {
            this.ticket = ticket;
            this.request = request;
        }

        Ticket ticket() {
            return ticket;
        }

        CountDownLatch turn() {
            return turn;
        }
    }

    /** How the queues stand, and whose requests are in them. */
    record Dump(List<QueueState> queues, Map<Ticket, Entry> requests) {
        /**
         * @param started empty while it waits
         */
        record Entry(QueuedRequest request, Optional<Instant> started) {}
    }

    Seats(Queuing queuing, LongSupplier nanos) {
        this.queues = new FairQueues(queuing);
        this.nanos = nanos;
    }

    /** False where seats or those that wait say no. */
    boolean takeAtOnce(int width) {
        return waiting == 0 && take(width);
    }

    /** Given back by a request that did not have to wait. */
    void give(int width) {
        taken.addAndGet(-width);
        serveWaiting();
    }

    /** Empty where there is no room to wait in. */
    Optional<Waiting> join(QueuedRequest request) {
        int width = request.width();
        lock.lock();
        try {
            Optional<Ticket> ticket = queues.join(request.flow(), width);
            if (ticket.isEmpty()) {
                note(taken.get() + queues.waitingSeats() + width);
                return Optional.empty();
            }
            Waiting joined = new Waiting(ticket.get(), request);
            held.put(ticket.get(), joined);
            waiting = queues.waiting();
            note(taken.get() + queues.waitingSeats());
            serve();
            return Optional.of(joined);
        } finally {
            lock.unlock();
        }
    }

    /** False where its turn did not come in time. */
    boolean await(Waiting request, Duration limit) {
        try {
            if (request.turn.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                return true;
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        return !giveUp(request);
    }

    /** False where its turn came at the last moment. */
    boolean giveUp(Waiting request) {
        lock.lock();
        try {
            boolean isGone = queues.giveUp(request.ticket);
            if (isGone) {
                held.remove(request.ticket);
                waiting = queues.waiting();
                serve();
            }
            return isGone;
        } finally {
            lock.unlock();
        }
    }

    /** Given back by a request that had to wait, after so long. */
    void end(Ticket ticket, long tookNanos) {
        lock.lock();
        try {
            queues.end(ticket, tookNanos);
            held.remove(ticket);
            taken.addAndGet(-ticket.width());
            serve();
        } finally {
            lock.unlock();
        }
    }

    void reshape(Queuing queuing) {
        lock.lock();
        try {
            queues.reshape(queuing);
        } finally {
            lock.unlock();
        }
    }

    void setLimit(int seats) {
        limit = seats;
        serveWaiting();
    }

    int limit() {
        return limit;
    }

    int taken() {
        return taken.get();
    }

    int waiting() {
        return waiting;
    }

    int busyQueues() {
        lock.lock();
        try {
            return queues.busy();
        } finally {
            lock.unlock();
        }
    }

    Dump dump() {
        lock.lock();
        try {
            Map<Ticket, Dump.Entry> requests = new HashMap<>();
            held.forEach(
                    (ticket, each) ->
                            requests.put(
                                    ticket,
                                    new Dump.Entry(
                                            each.request, Optional.ofNullable(each.started))));
            return new Dump(queues.states(), requests);
        } finally {
            lock.unlock();
        }
    }

    /** The most seats that were wanted at once, since this was asked last. */
    int takeHighest() {
        lock.lock();
        try {
            return highest.getAndSet(taken.get() + queues.waitingSeats());
        } finally {
            lock.unlock();
        }
    }

    long now() {
        return nanos.getAsLong();
    }

    private boolean take(int width) {
        int before = taken.get();
        while (before == 0 || before + width <= limit) {
            if (taken.compareAndSet(before, before + width)) {
                note(before + width);
                return true;
            }
            before = taken.get();
        }
        return false;
    }

    private void note(int wanted) {
        if (wanted > highest.get()) {
            highest.accumulateAndGet(wanted, Math::max);
        }
    }

    private void serveWaiting() {
        if (waiting == 0) {
            return;
        }
        lock.lock();
        try {
            serve();
        } finally {
            lock.unlock();
        }
    }

    /** Holds the lock. */
    private void serve() {
        Optional<Ticket> next = queues.next();
        while (next.isPresent() && take(next.get().width())) {
            queues.begin(next.get());
            Waiting begun = held.get(next.get());
            if (begun != null) {
                begun.started = Instant.now();
                begun.turn.countDown();
            }
            next = queues.next();
        }
        waiting = queues.waiting();
    }
}
