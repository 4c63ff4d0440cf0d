package dev.gantry.simulation;

import dev.gantry.client.controller.Controller;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.Binding;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Uid;
import dev.gantry.scheduler.cycle.SchedulerInput;
import dev.gantry.scheduler.cycle.SchedulingCycle;
import dev.gantry.scheduler.placement.profile.Profile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

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

    /** By how much its clock is wrong. */
    private Duration error = Duration.ZERO;

    /** What was sent and is not on the topic yet; in order, as a producer has it. */
    private final Deque<Binding> outbox = new ArrayDeque<>();

    private Optional<Random> delays = Optional.empty();

    SchedulerReplica(SimulatedState state, BindingTopic topic, Instant now) {
        this(
                state,
                List.of(SimulatedState.PODS, SimulatedState.NODES, Resources.POD_GROUPS),
                topic,
                now);
    }

    /**
     * @param watched what it hears of
     */
    SchedulerReplica(
            SimulatedState state, List<GroupResource> watched, BindingTopic topic, Instant now) {
        this.topic = topic;
        this.now = now;
        this.feed = new SimulatedFeed(state, watched);
        feed.listen(this::hear);
        cycle.hear(new SchedulerInput.Following(), now);
    }

    boolean isLeading() {
        return isLeading;
    }

    /** Its clock is wrong, its feed leaves out what is outdated, and what it sends may be late. */
    void befall(Random luck) {
        error = Duration.ofSeconds(luck.nextInt(1200) - 600);
        now = now.plus(error);
        feed.compact(luck);
        delays = Optional.of(luck);
    }

    /** Who is on which node, or is to be, as far as it knows. */
    Map<Uid, String> placements() {
        Map<Uid, String> placements = new TreeMap<>();
        cycle.snapshot().pods().forEach(each -> placements.put(each.pod().uid(), each.node()));
        return placements;
    }

    /** Whether it leads and waits for nothing. */
    boolean isCalm() {
        return cycle.quiescent(Duration.ZERO, now).isPresent();
    }

    void step(Random random, Instant time) {
        now = time.plus(error);
        feed.advance(random);
        if (!wasCaughtUp && feed.isCaughtUp()) {
            wasCaughtUp = true;
            cycle.hear(new SchedulerInput.CaughtUp(), now);
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
                outbox.add(each);
            }
        }
        if (delays.filter(luck -> luck.nextInt(4) != 0).isEmpty()) {
            flush();
        }
    }

    private void flush() {
        outbox.forEach(topic::send);
        outbox.clear();
    }

    /** The fence, all that stands before it, and only then decisions. */
    void takeOver() {
        listen();
        long term = Math.max(highestTerm, topic.end()) + 1;
        outbox.add(Binding.fence(term));
        flush();
        listen();
        isLeading = true;
        cycle.hear(new SchedulerInput.Leading(term), now);
    }

    void noticeThatAnotherLeads() {
        isLeading = false;
        heard = 0;
        rejectionsHeard = 0;
        cycle.hear(new SchedulerInput.Following(), now);
        listen();
    }

    /** From far enough back that what is in front of it has reached every feed. */
    private void listen() {
        hearRejections();
        for (Binding each : List.copyOf(topic.from(heard))) {
            highestTerm = Math.max(highestTerm, each.term());
            cycle.hear(new SchedulerInput.BindingReplayed(each), now);
            heard++;
        }
    }

    private void hearRejections() {
        for (Binding each : List.copyOf(topic.rejectionsFrom(rejectionsHeard))) {
            cycle.hear(new SchedulerInput.Rejected(each), now);
            rejectionsHeard++;
        }
    }

    private void hear(Controller.Change change) {
        cycle.hear(
                change.after()
                        .map(object -> SchedulerInput.seen(change.key(), object))
                        .orElseGet(() -> SchedulerInput.gone(change.key())),
                now);
    }
}
