package dev.gantry.scheduler.shell.standby;

import dev.gantry.client.shell.election.LeaderElector;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.scheduler.cycle.SchedulerInput;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scheduler's part in its election: a leader has a term, and a follower hears the leader. */
public final class LeaseKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

    private final BindingTail tail;
    private final Consumer<SchedulerInput> sink;
    private final LeaderElector elector;

    public LeaseKeeper(
            ClusterApi api, String identity, BindingTail tail, Consumer<SchedulerInput> sink) {
        this.tail = tail;
        this.sink = sink;
        this.elector = new LeaderElector(api, "kube-scheduler", identity, leadership());
    }

    public void start() {
        sink.accept(new SchedulerInput.Following());
        tail.start();
        elector.start();
    }

    /** Whether this scheduler leads. */
    public void append(StringBuilder text) {
        elector.append(text);
    }

    @Override
    public void close() {
        elector.close();
        tail.close();
    }

    private LeaderElector.Listener leadership() {
        return new LeaderElector.Listener() {
            @Override
            public void onLeading() throws InterruptedException {
                long term = tail.takeOver();
                LOG.info("leading in term {}", term);
                sink.accept(new SchedulerInput.Leading(term));
            }

            @Override
            public void onFollowing() {
                sink.accept(new SchedulerInput.Following());
                tail.standBy();
            }
        };
    }
}
