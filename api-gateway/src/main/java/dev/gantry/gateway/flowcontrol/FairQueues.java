package dev.gantry.gateway.flowcontrol;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The requests of one level that wait for seats. Not thread-safe: its owner calls it from one
 * thread at a time, and knows how many seats there are.
 *
 * <p>A flow is dealt some of the queues, and a request joins the one of them that has least to do.
 * Next is the head of the queue that has had least of the level so far, in time of seats: what a
 * request is assumed to take is added as it begins, and what it took more or less as it ends. A
 * queue that had nothing to do starts where the others are, so that nobody saves up by being idle.
 *
 * <p>Example with one seat: a flow's ten requests wait, and then one of another flow comes. It is
 * next after the first of them, whose queue has had something since.
 *
 * <p>Invariant: two queues that both have requests waiting differ in what they have had by no more
 * than their widest request, where requests take what is assumed.
 */
public final class FairQueues {
    /** Compat: {@code estimatedServiceDuration} of {@code queueset.go}. */
    static final long ASSUMED_NANOS = 3_000_000;

    /** A request that waits or, if it had to wait, is served. */
    public record Ticket(long number, int width, int queue) {}

    /**
     * How one queue stands.
     *
     * @param waiting in the order in which they are served
     * @param served after they waited here
     * @param seatNanos what it has had of the level
     */
    public record QueueState(int index, List<Ticket> waiting, List<Ticket> served, long seatNanos) {
        public int seatsInUse() {
            return served.stream().mapToInt(Ticket::width).sum();
        }

        public int seatsWanted() {
            return waiting.stream().mapToInt(Ticket::width).sum();
        }

        /** In time of seats, by what a request is assumed to take. */
        public long workNanos() {
            return seatsWanted() * ASSUMED_NANOS;
        }
    }

    private static final class Queue {
        private final Deque<Ticket> waiting = new ArrayDeque<>();
        private final Set<Ticket> served = new LinkedHashSet<>();
        private long seatNanos;
        private int seats;

        Queue(long seatNanos) {
            this.seatNanos = seatNanos;
        }

        private int load() {
            return seats + waiting.stream().mapToInt(Ticket::width).sum();
        }
    }

    /** Those with requests; the others have no memory. */
    private final SortedMap<Integer, Queue> queues = new TreeMap<>();

    private Queuing queuing;
    private long floor;
    private long lastNumber;
    private int waiting;
    private int waitingSeats;

    public FairQueues(Queuing queuing) {
        this.queuing = queuing;
    }

    /** Those that wait stay where they are. */
    public void reshape(Queuing wanted) {
        queuing = wanted;
    }

    /** Empty where the flow's queues are full, or there are none. */
    public Optional<Ticket> join(long flow, int width) {
        if (queuing.isReject()) {
            return Optional.empty();
        }
        int chosen = shortest(ShuffleSharding.deal(flow, queuing.queues(), queuing.handSize()));
        Queue queue = queues.computeIfAbsent(chosen, _ -> new Queue(floor));
        if (queue.waiting.size() >= queuing.longest()) {
            return Optional.empty();
        }
        if (queue.waiting.isEmpty()) {
            queue.seatNanos = Math.max(queue.seatNanos, floor);
        }
        Ticket ticket = new Ticket(++lastNumber, width, chosen);
        queue.waiting.add(ticket);
        waiting++;
        waitingSeats += width;
        return Optional.of(ticket);
    }

    /**
     * Whose turn it is. Nobody else is served before, however few seats they want: else the wide
     * ones would wait for ever.
     *
     * <p>Cost: looks at every queue with requests, which only an overloaded level has.
     */
    public Optional<Ticket> next() {
        Queue best = null;
        for (Queue each : queues.values()) {
            boolean isBetter = best == null || each.seatNanos < best.seatNanos;
            if (!each.waiting.isEmpty() && isBetter) {
                best = each;
            }
        }
        return best == null ? Optional.empty() : Optional.of(best.waiting.getFirst());
    }

    /** The one whose turn it is gets its seats. */
    public void begin(Ticket ticket) {
        Queue queue = queue(ticket);
        queue.waiting.removeFirst();
        forget(ticket);
        floor = Math.max(floor, queue.seatNanos);
        queue.seatNanos += ticket.width() * ASSUMED_NANOS;
        queue.seats += ticket.width();
        queue.served.add(ticket);
    }

    /** Stops waiting. Returns false where it has begun already, and so has to end. */
    public boolean giveUp(Ticket ticket) {
        Queue queue = queues.get(ticket.queue());
        if (queue == null || !queue.waiting.remove(ticket)) {
            return false;
        }
        forget(ticket);
        removeIfIdle(ticket, queue);
        return true;
    }

    /**
     * @param nanos for how long it had its seats
     */
    public void end(Ticket ticket, long nanos) {
        Queue queue = queue(ticket);
        queue.seats -= ticket.width();
        queue.served.remove(ticket);
        queue.seatNanos += ticket.width() * (nanos - ASSUMED_NANOS);
        removeIfIdle(ticket, queue);
    }

    public int waiting() {
        return waiting;
    }

    public int waitingSeats() {
        return waitingSeats;
    }

    /** All of them, also those without requests. */
    public List<QueueState> states() {
        List<QueueState> states = new ArrayList<>();
        for (int index = 0; index < queuing.queues(); index++) {
            Queue queue = queues.get(index);
            states.add(
                    queue == null
                            ? new QueueState(index, List.of(), List.of(), 0)
                            : new QueueState(
                                    index,
                                    List.copyOf(queue.waiting),
                                    List.copyOf(queue.served),
                                    queue.seatNanos));
        }
        return states;
    }

    /** How many queues have requests that wait. */
    public int busy() {
        return (int) queues.values().stream().filter(each -> !each.waiting.isEmpty()).count();
    }

    private int shortest(int[] hand) {
        int best = hand[0];
        int least = Integer.MAX_VALUE;
        for (int card : hand) {
            Queue queue = queues.get(card);
            int load = queue == null ? 0 : queue.load();
            if (load < least) {
                best = card;
                least = load;
            }
        }
        return best;
    }

    private Queue queue(Ticket ticket) {
        Queue queue = queues.get(ticket.queue());
        if (queue == null) {
            throw new IllegalArgumentException("%s is not of this level".formatted(ticket));
        }
        return queue;
    }

    private void forget(Ticket ticket) {
        waiting--;
        waitingSeats -= ticket.width();
    }

    private void removeIfIdle(Ticket ticket, Queue queue) {
        if (queue.waiting.isEmpty() && queue.seats == 0) {
            queues.remove(ticket.queue());
        }
    }
}
