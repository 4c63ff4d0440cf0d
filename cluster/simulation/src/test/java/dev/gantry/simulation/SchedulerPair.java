package dev.gantry.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Two schedulers. One leads; the other may go on as if it did, until it notices. */
final class SchedulerPair {
    private static final int SIZE = 2;

    private final Supplier<SchedulerReplica> lives;
    private final List<SchedulerReplica> all = new ArrayList<>();
    private int leader;

    /**
     * @param lives makes one that has just been started
     */
    SchedulerPair(Supplier<SchedulerReplica> lives) {
        this.lives = lives;
        for (int i = 0; i < SIZE; i++) {
            all.add(lives.get());
        }
        all.getFirst().takeOver();
    }

    List<SchedulerReplica> all() {
        return all;
    }

    void step(Random random, Instant now) {
        all.forEach(each -> each.step(random, now));
    }

    /** The other one goes on as if nothing had happened, until it notices. */
    void leadAny(Random random) {
        int next = random.nextInt(SIZE);
        if (next != leader) {
            leader = next;
            if (all.get(next).isLeading()) {
                all.get(next).noticeThatAnotherLeads();
            }
            all.get(next).takeOver();
        }
    }

    void restartAny(Random random) {
        int which = random.nextInt(SIZE);
        all.set(which, lives.get());
        if (which == leader) {
            all.get(which).takeOver();
        }
    }

    /** From now on only one believes that it leads. */
    void notice() {
        for (int i = 0; i < SIZE; i++) {
            if (i != leader && all.get(i).isLeading()) {
                all.get(i).noticeThatAnotherLeads();
            }
        }
    }
}
