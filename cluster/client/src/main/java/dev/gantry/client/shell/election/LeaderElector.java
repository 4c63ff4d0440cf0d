package dev.gantry.client.shell.election;

import dev.gantry.client.election.Election;
import dev.gantry.client.election.Election.Move;
import dev.gantry.client.election.Election.Sight;
import dev.gantry.client.metrics.MetricText;
import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ApiUnreachable;
import dev.gantry.client.shell.http.ApiWatch;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.client.shell.loop.SteadyTime;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes part in an election, and says when this replica begins and ceases to lead. Watches the
 * lease, so that a released one is taken at once and a leader that is asked answers at once.
 */
public final class LeaderElector implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LeaderElector.class);
    private static final GroupResource LEASES = Resources.LEASES;
    private static final String NAMESPACE = "kube-system";
    private static final Duration RETRY = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    /** While the watch is broken, the lease is looked at: a question must not be missed. */
    private static final Duration UNWATCHED_LOOK = Duration.ofMillis(300);

    /** Called by one thread. A replica does not lead until it is told so. */
    public interface Listener {
        void onLeading() throws InterruptedException;

        void onFollowing() throws InterruptedException;
    }

    private final ClusterApi api;
    private final ObjectKey key;
    private final String identity;
    private final Election election;
    private final Listener listener;
    private final SteadyTime time = new SteadyTime(Instant.now(), System::nanoTime);
    private final BlockingQueue<Sight> seen = new LinkedBlockingQueue<>(1000);
    private final ApiWatch watch;
    private final Loop loop = new Loop("election", this::run);
    private @Nullable Sight sight;
    private volatile boolean isLeading;

    /**
     * @param name of the lease, in the namespace kube-system
     * @param identity different from that of any other replica
     */
    public LeaderElector(ClusterApi api, String name, String identity, Listener listener) {
        this.api = api;
        this.key = new ObjectKey(LEASES, NAMESPACE, name);
        this.identity = identity;
        this.election = new Election(NAMESPACE, name, identity);
        this.listener = listener;
        this.watch =
                new ApiWatch(
                        api, LEASES, NAMESPACE, "fieldSelector=metadata.name%3D" + name, watcher());
    }

    /** Compat: as client-go's leader election does it, the host and a random number. */
    public static String identity() throws UnknownHostException {
        return InetAddress.getLocalHost().getHostName() + "_" + UUID.randomUUID();
    }

    public LeaderElector start() {
        LOG.info("taking part in the election of {} as {}", key.name(), identity);
        watch.start();
        loop.start();
        return this;
    }

    /** Releases the lease: what the listener does as a leader should have ended by now. */
    @Override
    public void close() {
        watch.close();
        loop.close();
        release();
    }

    /** Compat: {@code component-base/metrics/prometheus/clientgo/leaderelection}. */
    public void append(StringBuilder text) {
        String name = "leader_election_master_status";
        MetricText.head(text, name, "gauge", "Whether this replica leads by the lease.");
        MetricText.sample(text, name, MetricText.label("name", key.name()), isLeading ? 1 : 0);
    }

    private void run() throws InterruptedException {
        while (!loop.isClosed()) {
            try {
                step();
            } catch (ApiRefused refused) {
                // Another replica was faster, or we may not yet: look again.
                LOG.debug("the lease was not written: {}", refused.toString());
                sight = null;
                loop.pause(RETRY);
            } catch (ApiUnreachable away) {
                // Nobody can take the lease while the API is away: the leader goes on.
                loop.pause(RETRY);
            }
        }
    }

    private void step() throws InterruptedException {
        Sight now = sight;
        if (now == null) {
            now = look(api.get(key));
        }
        switch (election.next(now, time.now(), Instant.now())) {
            case Move.Create create -> look(Optional.of(api.create(LEASES, create.lease())));
            case Move.Put put -> look(Optional.of(api.update(LEASES, put.lease())));
            case Move.Wait wait -> awaitNews(wait.until());
        }
        follow();
    }

    private void awaitNews(Instant until) throws InterruptedException {
        boolean isWatched = watch.isLive();
        Duration longest = isWatched ? LONGEST_WAIT : UNWATCHED_LOOK;
        Duration pause = Duration.between(time.now(), until);
        long millis = Math.clamp(pause.toMillis(), 0, longest.toMillis());
        Sight news = seen.poll(millis, TimeUnit.MILLISECONDS);
        if (news == null && !isWatched) {
            news = new Sight(api.get(key), time.now());
        }
        while (news != null) {
            take(news);
            news = seen.poll();
        }
    }

    /** An old event of the watch must not undo what our own write has shown. */
    private void take(Sight news) {
        Sight before = sight;
        if (before == null || isNewer(news, before)) {
            sight = news;
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
            listener.onLeading();
            isLeading = true;
            LOG.info("leading as {}", key.name());
        } else if (isLeading && election.isHeldByAnother(now)) {
            isLeading = false;
            LOG.info("standing by as {}", key.name());
            listener.onFollowing();
        }
    }

    /** Looks anew, since a question that came just now would have the write refused. */
    private void release() {
        Sight last = sight;
        if (last == null || !election.isHeld(last)) {
            return;
        }
        try {
            election.released(new Sight(api.get(key), time.now()), Instant.now())
                    .ifPresent(lease -> api.update(LEASES, lease));
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
            LOG.warn("more changes of the lease than are read");
        }
    }
}
