package dev.gantry.monitoring.shell.postgres;

import dev.gantry.client.shell.loop.Loop;
import dev.gantry.client.shell.start.DatabaseSettings;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Takes note of every change of a node's Ready condition, and writes it down when it can. */
public final class HealthHistory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HealthHistory.class);
    private static final int QUEUED = 10_000;
    private static final Duration KEPT = Duration.ofDays(90);
    private static final Duration SWEEP = Duration.ofHours(6);

    /** Cost: an open store takes 40 MB, so that it is closed where no node's health changes. */
    private static final Duration IDLE = Duration.ofMinutes(1);

    /** Cost: opening the store takes 1.4 s of a processor, which the cluster's start needs more. */
    private static final Duration AFTER_THE_START = Duration.ofSeconds(15);

    private final DatabaseSettings settings;
    private final BlockingQueue<HealthChange> queue = new LinkedBlockingQueue<>(QUEUED);
    private final List<HealthChange> unwritten = new ArrayList<>();
    private final Loop loop = new Loop("health-history", this::run);
    private Instant nextSweep = Instant.MIN;

    public HealthHistory(DatabaseSettings settings) {
        this.settings = settings;
        // Found by the platform thread that makes us, since a virtual one would hold locks of the
        // class loader that others wait for with their carriers.
        LOG.debug("{} drivers of databases", DriverManager.drivers().count());
    }

    public void start() {
        loop.start();
    }

    @Override
    public void close() {
        loop.close();
    }

    /** To be registered with the cache of nodes. Never blocks: beyond its bound it forgets. */
    public void onObject(ObjectKey key, Optional<Resource> before, Optional<Resource> after) {
        if (!key.resource().equals(Resources.NODES) || before.isEmpty() || after.isEmpty()) {
            return;
        }
        String was = text(ready(before.get()), "status");
        Optional<JsonNode> now = ready(after.get());
        if (was.equals(text(now, "status"))) {
            return;
        }
        var change =
                new HealthChange(
                                key.name(),
                                after.get().revision().value(),
                                now.flatMap(
                                                each ->
                                                        Resource.instant(
                                                                each.path("lastTransitionTime")))
                                        .orElseGet(Instant::now))
                        .readiness(was, text(now, "status"))
                        .because(text(now, "reason"), text(now, "message"));
        if (!queue.offer(change)) {
            LOG.warn("The health history is {} changes behind: one is lost", QUEUED);
        }
    }

    private void run() throws InterruptedException {
        if (!loop.pause(AFTER_THE_START)) {
            return;
        }
        while (!loop.isClosed()) {
            if (collect(Duration.ofSeconds(1))) {
                writeWhileChangesCome();
            }
        }
    }

    private void writeWhileChangesCome() throws InterruptedException {
        try (var store = HealthStore.open(settings)) {
            Instant lastChange = Instant.now();
            while (!loop.isClosed() && Instant.now().isBefore(lastChange.plus(IDLE))) {
                if (collect(Duration.ofSeconds(1))) {
                    store.append(unwritten);
                    unwritten.clear();
                    lastChange = Instant.now();
                }
                if (Instant.now().isAfter(nextSweep)) {
                    store.forgetBefore(Instant.now().minus(KEPT));
                    nextSweep = Instant.now().plus(SWEEP);
                }
            }
        }
    }

    /** What a failed write left comes first. False where nothing came within the time. */
    private boolean collect(Duration patience) throws InterruptedException {
        if (unwritten.isEmpty()) {
            HealthChange first = queue.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (first == null) {
                return false;
            }
            unwritten.add(first);
            queue.drainTo(unwritten, 500);
        }
        return true;
    }

    private static Optional<JsonNode> ready(Resource node) {
        return Conditions.find(node.status().path("conditions"), "Ready");
    }

    private static String text(Optional<JsonNode> condition, String field) {
        return condition.map(each -> Resource.text(each, field)).orElse("");
    }
}
