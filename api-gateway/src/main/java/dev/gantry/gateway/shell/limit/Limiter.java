package dev.gantry.gateway.shell.limit;

import dev.gantry.gateway.fairness.PriorityLevel;
import dev.gantry.gateway.fairness.Seats;
import dev.gantry.gateway.fairness.Seats.Arrival;
import java.time.Duration;
import java.util.EnumMap;
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

    private final Map<PriorityLevel, Room> forReads = new EnumMap<>(PriorityLevel.class);
    private final Map<PriorityLevel, Room> forWrites = new EnumMap<>(PriorityLevel.class);

    public Limiter() {
        for (PriorityLevel level : PriorityLevel.values()) {
            forReads.put(level, new Room(level.seats(true)));
            forWrites.put(level, new Room(level.seats(false)));
        }
    }

    /** Empty where there is no seat in time. */
    public Optional<Seat> enter(PriorityLevel level, boolean isRead, String user) {
        if (level == PriorityLevel.EXEMPT) {
            return Optional.of(EXEMPT);
        }
        Room room = (isRead ? forReads : forWrites).get(level);
        if (room == null) {
            throw new IllegalArgumentException("no seats for " + level);
        }
        return room.enter(user) ? Optional.of(room::leave) : Optional.empty();
    }

    /** Cost: two uncontended lock operations a request. */
    private static final class Room {
        private final ReentrantLock lock = new ReentrantLock();
        private final Seats seats;
        private final Map<Long, CountDownLatch> waiting = new HashMap<>();

        Room(int seats) {
            this.seats = new Seats(seats, LONGEST_QUEUE);
        }

        boolean enter(String user) {
            CountDownLatch turn = new CountDownLatch(1);
            long ticket;
            lock.lock();
            try {
                switch (seats.arrive(user)) {
                    case Arrival.Seated _ -> {
                        return true;
                    }
                    case Arrival.TurnedAway _ -> {
                        return false;
                    }
                    case Arrival.Waiting(long number) -> {
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
                seats.leave().map(waiting::remove).ifPresent(CountDownLatch::countDown);
            } finally {
                lock.unlock();
            }
        }

        /** False where the turn came at the last moment. */
        private boolean giveUp(String user, long ticket) {
            lock.lock();
            try {
                waiting.remove(ticket);
                return seats.giveUp(user, ticket);
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
