package dev.gantry.gateway.flowcontrol;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The seats of one level and the queues before them. Not thread-safe: its owner calls it from one
 * thread at a time.
 *
 * <p>Users are served in turn, one each, and each user's requests in their order. Example: with one
 * seat taken, a asks twice and then b once; the next seats go to a, b, a.
 *
 * <p>Invariant: nobody waits while a seat is free.
 */
public final class FlowQueues {
    private final int seats;
    private final int longestQueue;
    private final Map<String, ArrayDeque<Long>> queues = new LinkedHashMap<>();
    private int taken;
    private long lastTicket;

    /** What becomes of an arrival. */
    public sealed interface Arrival {
        record Executing() implements Arrival {}

        /** To be seated later, by this number. */
        record Queued(long ticket) implements Arrival {}

        /** The user's queue is full. */
        record Rejected() implements Arrival {}
    }

    public FlowQueues(int seats, int longestQueue) {
        this.seats = seats;
        this.longestQueue = longestQueue;
    }

    public Arrival arrive(String user) {
        if (taken < seats) {
            taken++;
            return new Arrival.Executing();
        }
        ArrayDeque<Long> queue = queues.computeIfAbsent(user, _ -> new ArrayDeque<>());
        if (queue.size() >= longestQueue) {
            return new Arrival.Rejected();
        }
        queue.add(++lastTicket);
        return new Arrival.Queued(lastTicket);
    }

    /** A seat becomes free. Returns who has it now, if anybody waited. */
    public Optional<Long> leave() {
        Iterator<Map.Entry<String, ArrayDeque<Long>>> users = queues.entrySet().iterator();
        if (!users.hasNext()) {
            taken--;
            return Optional.empty();
        }
        Map.Entry<String, ArrayDeque<Long>> first = users.next();
        users.remove();
        Long ticket = first.getValue().remove();
        if (!first.getValue().isEmpty()) {
            queues.put(first.getKey(), first.getValue());
        }
        return Optional.of(ticket);
    }

    /** Stops waiting. Returns false where the ticket was seated already, and so has to leave. */
    public boolean giveUp(String user, long ticket) {
        ArrayDeque<Long> queue = queues.get(user);
        if (queue == null || !queue.remove(ticket)) {
            return false;
        }
        if (queue.isEmpty()) {
            queues.remove(user);
        }
        return true;
    }

    public int taken() {
        return taken;
    }

    public int waiting() {
        return queues.values().stream().mapToInt(ArrayDeque::size).sum();
    }
}
