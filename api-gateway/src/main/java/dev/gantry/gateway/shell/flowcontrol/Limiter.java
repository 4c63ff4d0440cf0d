package dev.gantry.gateway.shell.flowcontrol;

import dev.gantry.authorization.Access;
import dev.gantry.gateway.flowcontrol.Borrowing;
import dev.gantry.gateway.flowcontrol.FlowControl;
import dev.gantry.gateway.flowcontrol.FlowSchema;
import dev.gantry.gateway.flowcontrol.PriorityLevel;
import dev.gantry.gateway.flowcontrol.SeatBounds;
import dev.gantry.gateway.shell.flowcontrol.RequestCounts.Rejection;
import dev.gantry.model.exchange.Caller;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Gives out the server's seats, by the levels and schemas in force; a virtual thread that gets none
 * at once waits for its turn.
 */
public final class Limiter {
    private final int total;
    private final LongSupplier nanos;
    private final Map<String, LevelSeats> levels = new HashMap<>();
    private final Map<String, RequestCounts> counts = new HashMap<>();
    private volatile Active active;

    /** The classes of requests, by the numbers of their schemas. */
    private record Active(FlowControl flow, List<RequestClass> classes) {}

    /**
     * How one level stands, and what was found out about it at the last adjustment.
     *
     * @param demand seats: the most since the adjustment before, and what it is taken for over time
     */
    public record LevelState(
            PriorityLevel level, SeatBounds bounds, Seats seats, Borrowing.Demand demand) {}

    private static final class LevelSeats {
        private final Seats seats;
        private double smoothed;
        private LevelState state;

        LevelSeats(PriorityLevel level, LongSupplier nanos) {
            this.seats = new Seats(level.queuing(), nanos);
            this.state = stateOf(level, new SeatBounds(0, 0, 0), 0);
        }

        LevelState stateOf(PriorityLevel level, SeatBounds bounds, double highest) {
            return new LevelState(
                    level, bounds, seats, new Borrowing.Demand(bounds, highest, smoothed));
        }
    }

    /**
     * @param total the seats of this server
     */
    public Limiter(int total, FlowControl flow, LongSupplier nanos) {
        this.total = total;
        this.nanos = nanos;
        this.active = activate(flow);
    }

    /** From now on; requests that wait or are served stay in their level. */
    public synchronized void configure(FlowControl flow) {
        active = activate(flow);
    }

    /** Moves seats to the levels that wanted them since last time. */
    public synchronized void adjust() {
        adjust(active.flow);
    }

    public RequestClass classify(Caller caller, Access access) {
        Active current = active;
        return current.classes.get(current.flow.classify(caller, access));
    }

    /** Empty where a request would have to wait. */
    public Optional<Seat> enterAtOnce(RequestClass to, int width) {
        boolean isSeated = to.level().isExempt() || to.seats().takeAtOnce(width);
        return isSeated ? Optional.of(Seat.atOnce(to, width)) : Optional.empty();
    }

    /** Empty where there is no room to wait in, or no seat in time. */
    public Optional<Seat> enterInTurn(
            RequestClass to, int width, Caller caller, Access access, Duration longest) {
        var request = new QueuedRequest(to.schema(), caller, access, width, Instant.now());
        Optional<Seats.Waiting> waiting = to.seats().join(request);
        if (waiting.isEmpty()) {
            to.counts()
                    .reject(
                            to.level().queuing().isReject()
                                    ? Rejection.CONCURRENCY_LIMIT
                                    : Rejection.QUEUE_FULL);
            return Optional.empty();
        }
        to.counts().startWaiting();
        long before = nanos.getAsLong();
        boolean isServed = to.seats().await(waiting.get(), longest);
        to.counts().stopWaiting(Duration.ofNanos(nanos.getAsLong() - before), isServed);
        if (!isServed) {
            to.counts().reject(Rejection.TIME_OUT);
            return Optional.empty();
        }
        return Optional.of(Seat.afterWaiting(to, waiting.get().ticket()));
    }

    /** By name, as of the last adjustment. */
    public synchronized SortedMap<String, LevelState> levels() {
        SortedMap<String, LevelState> states = new TreeMap<>();
        active.flow.levels().keySet().forEach(name -> states.put(name, seatsOf(name).state));
        return states;
    }

    /** In the order in which their schemas are asked. */
    public List<RequestClass> classes() {
        return active.classes;
    }

    private Active activate(FlowControl flow) {
        levels.keySet().retainAll(flow.levels().keySet());
        flow.levels()
                .forEach(
                        (name, level) ->
                                levels.computeIfAbsent(name, _ -> new LevelSeats(level, nanos))
                                        .seats
                                        .reshape(level.queuing()));
        counts.keySet().retainAll(flow.schemas().stream().map(FlowSchema::name).toList());
        List<RequestClass> classes = new ArrayList<>();
        for (FlowSchema each : flow.schemas()) {
            PriorityLevel level = flow.levelOf(each);
            classes.add(
                    new RequestClass(
                            each,
                            level,
                            seatsOf(level.name()).seats,
                            counts.computeIfAbsent(each.name(), _ -> new RequestCounts()),
                            flow.boundsOf(level, total).widest(level.queuing())));
        }
        adjust(flow);
        return new Active(flow, List.copyOf(classes));
    }

    private void adjust(FlowControl flow) {
        List<LevelState> states = new ArrayList<>();
        for (PriorityLevel each : flow.levels().values()) {
            states.add(lookedAt(each, seatsOf(each.name()), flow.boundsOf(each, total)));
        }
        List<Integer> shares = Borrowing.share(states.stream().map(LevelState::demand).toList());
        for (int i = 0; i < shares.size(); i++) {
            states.get(i).seats.setLimit(shares.get(i));
        }
    }

    private static LevelState lookedAt(PriorityLevel level, LevelSeats held, SeatBounds bounds) {
        double highest = held.seats.takeHighest();
        held.smoothed = Borrowing.smooth(held.smoothed, highest);
        held.state = held.stateOf(level, bounds, highest);
        return held.state;
    }

    private LevelSeats seatsOf(String level) {
        LevelSeats found = levels.get(level);
        if (found == null) {
            throw new IllegalArgumentException("no seats for level " + level);
        }
        return found;
    }
}
