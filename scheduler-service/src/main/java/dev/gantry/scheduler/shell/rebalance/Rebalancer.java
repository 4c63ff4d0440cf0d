package dev.gantry.scheduler.shell.rebalance;

import dev.gantry.client.shell.http.ApiUnreachable;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.scheduler.rebalance.Moment;
import dev.gantry.scheduler.rebalance.Move;
import dev.gantry.scheduler.rebalance.MoveLog;
import dev.gantry.scheduler.rebalance.Planner;
import dev.gantry.scheduler.rebalance.QuiescentSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Looks from time to time whether anything would stand better elsewhere, and moves it. */
public final class Rebalancer implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(5);

    /** Cost: each look rebuilds the snapshot, which is a good part of a second for 50,000 pods. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    /** The scheduler's answer, if it leads and has nothing to do. */
    @FunctionalInterface
    public interface Scheduler {
        Optional<QuiescentSnapshot> quiescent() throws InterruptedException;
    }

    private final Scheduler scheduler;
    private final Planner planner;
    private final Evictions evictions;
    private final Duration idle;
    private final MoveLog log = new MoveLog();
    private final Loop loop = new Loop("rebalancer", this::run);

    /**
     * @param settle after which something may have become movable
     */
    public Rebalancer(Scheduler scheduler, Planner planner, Evictions evictions, Duration settle) {
        this.scheduler = scheduler;
        this.planner = planner;
        this.evictions = evictions;
        this.idle = settle.compareTo(IDLE) < 0 ? settle : IDLE;
    }

    public void start() {
        loop.start();
    }

    @Override
    public void close() {
        loop.close();
    }

    private void run() throws InterruptedException {
        while (loop.pause(SOON)) {
            if (look() == 0) {
                loop.pause(idle);
            }
        }
    }

    /** Returns how many moves there were. */
    int look() throws InterruptedException {
        Optional<QuiescentSnapshot> quiescent = scheduler.quiescent();
        if (quiescent.isEmpty()) {
            return 0;
        }
        List<Move> moves = planner.plan(quiescent.get(), log, now());
        for (Move each : moves) {
            move(each);
        }
        return moves.size();
    }

    private static Moment now() {
        return new Moment(Instant.now(), Duration.ofNanos(System.nanoTime()));
    }

    private void move(Move move) {
        boolean isEvicted;
        try {
            isEvicted = evictions.evict(move);
        } catch (ApiUnreachable fault) {
            // It may have been carried out: as if it were, until the feed tells.
            log.evicted(move, now());
            throw fault;
        }
        if (isEvicted) {
            log.evicted(move, now());
        } else {
            log.refused(move, now());
        }
    }
}
