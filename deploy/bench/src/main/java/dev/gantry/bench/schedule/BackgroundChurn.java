package dev.gantry.bench.schedule;

import dev.gantry.bench.client.Cluster;
import dev.gantry.bench.client.RawConnection;
import dev.gantry.bench.workload.Meanwhile;
import dev.gantry.bench.workload.PodForm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Does what goes on besides, at a steady pace, until it is closed. */
final class BackgroundChurn implements AutoCloseable {
    private static final long POD_MILLIS = 200;
    private static final long CHURN_MILLIS = 1000;

    private final Fixture fixture;
    private final Cluster cluster;
    private final Meanwhile meanwhile;
    private final String prefix;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;
    private volatile int steps;
    private volatile @Nullable IOException failure;

    /** What it makes is called after {@code prefix}. */
    BackgroundChurn(Fixture fixture, Cluster cluster, Meanwhile meanwhile, String prefix) {
        this.prefix = prefix;
        this.fixture = fixture;
        this.cluster = cluster;
        this.meanwhile = meanwhile;
        this.thread = Thread.ofPlatform().daemon().start(this::work);
    }

    /** How often something was done. */
    int steps() {
        return steps;
    }

    @Override
    public void close() throws IOException {
        over.countDown();
        try {
            thread.join();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        IOException failed = failure;
        if (failed != null) {
            throw new IOException("what went on meanwhile failed", failed);
        }
    }

    private void work() {
        if (meanwhile == Meanwhile.NOTHING) {
            return;
        }
        long pause = meanwhile == Meanwhile.MIXED_CHURN ? CHURN_MILLIS : POD_MILLIS;
        try (RawConnection connection = cluster.connect()) {
            do {
                step(connection, steps);
                steps++;
            } while (!over.await(pause, TimeUnit.MILLISECONDS));
        } catch (IOException failed) {
            failure = failed;
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void step(RawConnection connection, int number) throws IOException {
        switch (meanwhile) {
            case NOTHING -> {}
            case PREEMPTORS -> addPod(connection, PodForm.PREEMPTOR, number);
            case HOPELESS_PODS -> addPod(connection, PodForm.HOPELESS, number);
            case MIXED_CHURN -> churn(connection, number);
        }
    }

    private void addPod(RawConnection connection, PodForm form, int number) throws IOException {
        send(connection, "POST", pods(), fixture.podJson(form, prefix, number));
    }

    /** Makes one of each kind in turn, then removes one of each in turn. */
    private void churn(RawConnection connection, int number) throws IOException {
        boolean adds = number / 3 % 2 == 0;
        String name = fixture.run().id() + "-" + prefix + number / 6;
        switch (number % 3) {
            case 0 -> churn(connection, adds, "/api/v1/nodes", name, nodeJson(name, number));
            case 1 ->
                    churn(
                            connection,
                            adds,
                            pods(),
                            prefix + number / 6,
                            fixture.podJson(PodForm.HOPELESS, prefix, number / 6));
            default ->
                    churn(
                            connection,
                            adds,
                            pods().replace("/pods", "/services"),
                            name,
                            serviceJson(name));
        }
    }

    private static void churn(
            RawConnection connection, boolean adds, String path, String name, String body)
            throws IOException {
        if (adds) {
            send(connection, "POST", path, body);
        } else {
            send(connection, "DELETE", path + "/" + name, "");
        }
    }

    private static void send(RawConnection connection, String method, String path, String body)
            throws IOException {
        int code = connection.exchange(method, path, body.getBytes(StandardCharsets.UTF_8));
        if (code / 100 != 2) {
            throw new IOException("%s %s was answered with %d".formatted(method, path, code));
        }
    }

    private String pods() {
        return "/api/v1/namespaces/" + fixture.churnNamespace() + "/pods";
    }

    /** Compat: the node that scheduler_perf's churn makes has room for no pod. */
    private String nodeJson(String name, int number) {
        return fixture.run()
                .nodeJson(name, "moon-1", fixture.sizes().nodes() + number)
                .replace("\"pods\":\"110\"", "\"pods\":\"0\"");
    }

    private static String serviceJson(String name) {
        return """
        {"apiVersion":"v1","kind":"Service","metadata":{"name":"%s"},\
        "spec":{"selector":{"app":"foo"},"ports":[{"protocol":"TCP","port":8080,"targetPort":8080}]}}"""
                .formatted(name);
    }
}
