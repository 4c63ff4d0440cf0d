package dev.gantry.bench.schedule;

import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.node.ObjectNode;

/**
 * The lease by which one of several schedulers leads. While the benchmark holds it no pod is
 * placed, so pods can be created beforehand and placing them is measured alone.
 */
final class SchedulerLease implements AutoCloseable {
    private static final GroupResource LEASES = Resources.LEASES;
    private static final ObjectKey KEY = new ObjectKey(LEASES, "kube-system", "kube-scheduler");
    private static final DateTimeFormatter MICRO_TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final int SECONDS = 15;
    private static final int ATTEMPTS = 200;
    private static final long STEP_DOWN_SECONDS = 3;

    private final ClusterApi api;
    private final String holder;
    private volatile boolean isHeld;
    private volatile int times;

    SchedulerLease(ClusterApi api, String holder) {
        this.api = api;
        this.holder = holder;
    }

    /** Whether a scheduler leads by this lease. */
    boolean isInUse() {
        return api.get(KEY).filter(lease -> !holder(lease).isEmpty()).isPresent();
    }

    /**
     * Takes the lease from whoever holds it, keeps it, and waits until its holder must have
     * noticed.
     */
    void take() throws InterruptedException {
        isHeld = true;
        int time = ++times;
        write(holder);
        Thread.ofPlatform().daemon().start(() -> keep(time));
        pause(STEP_DOWN_SECONDS * 1000);
    }

    /** Gives it back; returns the moment at which that was acknowledged. */
    long release() {
        isHeld = false;
        write("");
        return System.nanoTime();
    }

    /** Waits until a scheduler has it; returns that moment. */
    long awaitLeader() throws InterruptedException {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (System.nanoTime() < limit) {
            Optional<Resource> lease = api.get(KEY);
            if (lease.isPresent() && !holder(lease.get()).isEmpty()) {
                return System.nanoTime();
            }
            pause(5);
        }
        throw new IllegalStateException("no scheduler took the lease within a minute");
    }

    @Override
    public void close() {
        if (isHeld) {
            release();
        }
    }

    /** Ends when the lease is given back, however soon it is taken again. */
    private void keep(int time) {
        try {
            while (isHeld && times == time) {
                pause(500);
                if (isHeld && times == time) {
                    write(holder);
                }
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** Another writer may be faster, and is overwritten then. */
    private synchronized void write(String identity) {
        for (int i = 0; i < ATTEMPTS; i++) {
            if (!identity.isEmpty() && !isHeld) {
                return;
            }
            Resource lease = api.get(KEY).orElseThrow();
            Resource changed = lease.copy();
            ObjectNode spec = Resource.child(changed.tree(), "spec");
            String now = MICRO_TIME.format(Instant.now());
            spec.put("holderIdentity", identity);
            spec.put("leaseDurationSeconds", identity.isEmpty() ? 1 : SECONDS);
            spec.put("renewTime", now).put("acquireTime", now);
            try {
                api.update(LEASES, changed);
                return;
            } catch (ApiRefused overtaken) {
                if (overtaken.code() != 409) {
                    throw overtaken;
                }
            }
        }
        throw new IllegalStateException("the scheduler's lease is written all the time");
    }

    private static String holder(Resource lease) {
        return Resource.text(lease.spec(), "holderIdentity");
    }

    private static void pause(long millis) throws InterruptedException {
        new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    }
}
