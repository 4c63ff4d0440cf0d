package dev.gantry.gateway.shell.limit;

import dev.gantry.gateway.flowcontrol.FlowControl;
import dev.gantry.gateway.flowcontrol.FlowQueues;
import dev.gantry.gateway.flowcontrol.FlowQueues.Arrival;
import dev.gantry.gateway.flowcontrol.PriorityLevel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Gives out seats; a virtual thread that gets none at once waits for its turn. */
public final class Limiter {
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);
    private static final int LONGEST_QUEUE = 100;

    /** A seat, to be given back. */
    @FunctionalInterface
    public interface Seat extends AutoCloseable {
        @Override
        void close();
    }

    private static final Seat EXEMPT = () -> {};

    /** By the names of levels. */
    private final Map<String, Room> forReads = new HashMap<>();

    private final Map<String, Room> forWrites = new HashMap<>();

    public Limiter(FlowControl flow) {
        for (PriorityLevel level : flow.levels()) {
            forReads.put(level.name(), new Room(flow.seats(level, true)));
            forWrites.put(level.name(), new Room(flow.seats(level, false)));
        }
    }

    /** Empty where there is no seat in time. */
    public Optional<Seat> enter(PriorityLevel level, boolean isRead, String user) {
        if (level.isExempt()) {
            return Optional.of(EXEMPT);
        }
        Room room = (isRead ? forReads : forWrites).get(level.name());
        if (room == null) {
            throw new IllegalArgumentException("no seats for " + level);
        }
        return room.enter(user) ? Optional.of(room::leave) : Optional.empty();
    }

    /** Cost: two uncontended lock operations a request. */
    private static final class Room {
        private final ReentrantLock lock = new ReentrantLock();
        private final FlowQueues queues;
        private final Map<Long, CountDownLatch> waiting = new HashMap<>();

        Room(int seats) {
            this.queues = new FlowQueues(seats, LONGEST_QUEUE);
        }

        boolean enter(String user) {
            CountDownLatch turn = new CountDownLatch(1);
            long ticket;
            lock.lock();
            try {
                switch (queues.arrive(user)) {
                    case Arrival.Executing _ -> {
                        return true;
                    }
                    case Arrival.Rejected _ -> {
                        return false;
                    }
                    case Arrival.Queued(long number) -> {
                        ticket = number;
                        waiting.put(number, turn);
                    }
                }
            } finally {
                lock.unlock();
            }
            return await(turn) || !giveUp(user, ticket);
        }

        void leave() {
            lock.lock();
            try {
                queues.leave().map(waiting::remove).ifPresent(CountDownLatch::countDown);
            } finally {
                lock.unlock();
            }
        }

        /** False where the turn came at the last moment. */
        private boolean giveUp(String user, long ticket) {
            lock.lock();
            try {
                waiting.remove(ticket);
                return queues.giveUp(user, ticket);
            } finally {
                lock.unlock();
            }
        }

        private static boolean await(CountDownLatch turn) {
            try {
                return turn.await(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
