package dev.gantry.simulation;

import dev.gantry.client.duty.Duty;
import dev.gantry.model.message.Binding;
import dev.gantry.scheduler.cycle.Happening;
import dev.gantry.scheduler.cycle.SchedulingCycle;
import dev.gantry.scheduler.placement.Profile;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/**
 * One life of one of several schedulers: stands by, takes over, and may not notice that it lost.
 */
final class SchedulerReplica {
    private final SimulatedFeed feed;
    private final BindingTopic topic;
    private final SchedulingCycle cycle = new SchedulingCycle("default-scheduler", Profile.PACKING);
    private Instant now;
    private int heard;
    private int rejectionsHeard;
    private long highestTerm;
    private boolean wasCaughtUp;
    private boolean isLeading;

    SchedulerReplica(SimulatedState state, BindingTopic topic, Instant now) {
        this.topic = topic;
        this.now = now;
        this.feed = new SimulatedFeed(state, List.of(SimulatedState.PODS, SimulatedState.NODES));
        feed.listen(this::hear);
        cycle.hear(new Happening.Following(), now);
    }

    boolean isLeading() {
        return isLeading;
    }

    void step(Random random, Instant time) {
        now = time;
        feed.advance(random);
        if (!wasCaughtUp && feed.isCaughtUp()) {
            wasCaughtUp = true;
            cycle.hear(new Happening.CaughtUp(), now);
        }
        if (!isLeading) {
            listen();
        }
        if (isLeading) {
            hearRejections();
        }
        cycle.sweep(now);
        for (Binding each : cycle.decide(1 + random.nextInt(4), now)) {
            boolean isLost = random.nextInt(40) == 0;
            if (!isLost) {
                topic.send(each);
            }
        }
    }

    /** The fence, all that stands before it, and only then decisions. */
    void takeOver() {
        listen();
        long term = Math.max(highestTerm, topic.end()) + 1;
        topic.send(Binding.fence(term));
        listen();
        isLeading = true;
        cycle.hear(new Happening.Leading(term), now);
    }

    void noticeThatAnotherLeads() {
        isLeading = false;
        heard = 0;
        rejectionsHeard = 0;
        cycle.hear(new Happening.Following(), now);
        listen();
    }

    /** From far enough back that what is in front of it has reached every feed. */
    private void listen() {
        hearRejections();
        for (Binding each : List.copyOf(topic.from(heard))) {
            highestTerm = Math.max(highestTerm, each.term());
            cycle.hear(new Happening.Foretold(each), now);
            heard++;
        }
    }

    private void hearRejections() {
        for (Binding each : List.copyOf(topic.rejectionsFrom(rejectionsHeard))) {
            cycle.hear(new Happening.Rejected(each), now);
            rejectionsHeard++;
        }
    }

    private void hear(Duty.Change change) {
        cycle.hear(
                change.after()
                        .map(object -> Happening.seen(change.key(), object))
                        .orElseGet(() -> Happening.gone(change.key())),
                now);
    }
}
