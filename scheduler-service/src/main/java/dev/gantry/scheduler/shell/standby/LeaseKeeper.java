package dev.gantry.scheduler.shell.standby;

import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ApiUnreachable;
import dev.gantry.client.shell.http.ApiWatch;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.scheduler.cycle.Happening;
import dev.gantry.scheduler.election.Election;
import dev.gantry.scheduler.election.Election.Move;
import dev.gantry.scheduler.election.Election.Sight;
import dev.gantry.scheduler.shell.SteadyTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes part in the election, and says when we begin and cease to lead. Watches the lease, so that
 * a released one is taken at once.
 */
public final class LeaseKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
    private static final GroupResource LEASES = Resources.LEASES;
    private static final String NAMESPACE = "kube-system";
    private static final String NAME = "kube-scheduler";
    private static final ObjectKey KEY = new ObjectKey(LEASES, NAMESPACE, NAME);
    private static final Duration RETRY = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final ClusterApi api;
    private final String identity;
    private final Election election;
    private final BindingTail tail;
    private final Consumer<Happening> sink;
    private final SteadyTime time = new SteadyTime(Instant.now(), System::nanoTime);
    private final BlockingQueue<Sight> seen = new LinkedBlockingQueue<>(1000);
    private final ApiWatch watch;
    private final Loop loop = new Loop("election", this::run);
    private @Nullable Sight sight;
    private boolean isLeading;

    public LeaseKeeper(
            ClusterApi api, String identity, BindingTail tail, Consumer<Happening> sink) {
        this.api = api;
        this.identity = identity;
        this.election = new Election(NAMESPACE, NAME, identity);
        this.tail = tail;
        this.sink = sink;
        this.watch =
                new ApiWatch(
                        api, LEASES, NAMESPACE, "fieldSelector=metadata.name%3D" + NAME, watcher());
    }

    public void start() {
        LOG.info("taking part in the election as {}", identity);
        sink.accept(new Happening.Following());
        tail.start();
        watch.start();
        loop.start();
    }

    @Override
    public void close() {
        watch.close();
        loop.close();
        tail.close();
        release();
    }

    private void run() throws InterruptedException {
        while (!loop.isClosed()) {
            try {
                step();
            } catch (ApiRefused refused) {
                // Somebody else was faster, or we may not yet: look again.
                LOG.debug("the lease was not written: {}", refused.toString());
                sight = null;
                loop.pause(RETRY);
            } catch (ApiUnreachable away) {
                // Nobody can take the lease while the API is away: whoever leads goes on.
                loop.pause(RETRY);
            }
        }
    }

    private void step() throws InterruptedException {
        Sight now = sight;
        if (now == null) {
            now = look(api.get(KEY));
        }
        switch (election.next(now, time.now(), Instant.now())) {
            case Move.Create create -> look(Optional.of(api.create(LEASES, create.lease())));
            case Move.Put put -> look(Optional.of(api.update(LEASES, put.lease())));
            case Move.Wait wait -> awaitNews(wait.until());
        }
        follow();
    }

    /** An old word from the watch must not undo what our own write has shown. */
    private void awaitNews(Instant until) throws InterruptedException {
        Duration pause = Duration.between(time.now(), until);
        long millis = Math.clamp(pause.toMillis(), 0, LONGEST_WAIT.toMillis());
        Sight news = seen.poll(millis, TimeUnit.MILLISECONDS);
        while (news != null) {
            Sight before = sight;
            if (before == null || isNewer(news, before)) {
                sight = news;
            }
            news = seen.poll();
        }
    }

    private static boolean isNewer(Sight news, Sight before) {
        if (news.lease().isEmpty() || before.lease().isEmpty()) {
            return true;
        }
        Resource next = news.lease().get();
        Resource last = before.lease().get();
        return !next.uid().equals(last.uid()) || next.revision().value() > last.revision().value();
    }

    private Sight look(Optional<Resource> lease) {
        var now = new Sight(lease, time.now());
        sight = now;
        return now;
    }

    private void follow() throws InterruptedException {
        Sight now = sight;
        if (now == null) {
            return;
        }
        if (!isLeading && election.isHeld(now)) {
            long term = tail.takeOver();
            isLeading = true;
            LOG.info("leading in term {}", term);
            sink.accept(new Happening.Leading(term));
        } else if (isLeading && election.isHeldByAnother(now)) {
            isLeading = false;
            LOG.info("standing by");
            sink.accept(new Happening.Following());
            tail.standBy();
        }
    }

    private void release() {
        Sight last = sight;
        if (last == null) {
            return;
        }
        try {
            election.released(last, Instant.now()).ifPresent(lease -> api.update(LEASES, lease));
        } catch (ApiRefused | ApiUnreachable away) {
            LOG.debug("the lease runs out by itself: {}", away.toString());
        }
    }

    private ApiWatch.Listener watcher() {
        return new ApiWatch.Listener() {
            @Override
            public void onObject(Resource object) {
                hear(Optional.of(object));
            }

            @Override
            public void onGone(ObjectKey key) {
                hear(Optional.empty());
            }
        };
    }

    private void hear(Optional<Resource> lease) {
        boolean isTold = seen.offer(new Sight(lease, time.now()));
        if (!isTold) {
            LOG.warn("more news of the lease than anybody listens to");
        }
    }
}
