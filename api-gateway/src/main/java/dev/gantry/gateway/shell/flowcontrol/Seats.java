package dev.gantry.gateway.shell.flowcontrol;

import dev.gantry.gateway.flowcontrol.FairQueues;
import dev.gantry.gateway.flowcontrol.FairQueues.Ticket;
import dev.gantry.gateway.flowcontrol.Queuing;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

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
    private final Map<Ticket, CountDownLatch> turns = new HashMap<>();
    private final LongSupplier nanos;
    private volatile int waiting;
    private volatile int limit;

    /** A request that had to wait, and the moment in which it may begin. */
    record Waiting(Ticket ticket, CountDownLatch turn) {}

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
    Optional<Waiting> join(long flow, int width) {
        lock.lock();
        try {
            Optional<Ticket> ticket = queues.join(flow, width);
            if (ticket.isEmpty()) {
                note(taken.get() + queues.waitingSeats() + width);
                return Optional.empty();
            }
            CountDownLatch turn = new CountDownLatch(1);
            turns.put(ticket.get(), turn);
            waiting = queues.waiting();
            note(taken.get() + queues.waitingSeats());
            serve();
            return Optional.of(new Waiting(ticket.get(), turn));
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
                turns.remove(request.ticket);
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
            CountDownLatch turn = turns.remove(next.get());
            if (turn != null) {
                turn.countDown();
            }
            next = queues.next();
        }
        waiting = queues.waiting();
    }
}
