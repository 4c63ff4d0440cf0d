package dev.gantry.gateway.shell.health;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Series that another service keeps. One that does not answer at once is left out, so that the
 * gateway's own are told whatever happens, and it is not asked again until it has answered.
 */
public final class ElsewhereCounted {
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Supplier<String> source;
    private final Executor workers;
    private CompletableFuture<String> asked = CompletableFuture.completedFuture("");

    public ElsewhereCounted(Supplier<String> source, Executor workers) {
        this.source = source;
        this.workers = workers;
    }

    public void append(StringBuilder text) {
        try {
            text.append(ask().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException notNow) {
            text.append("# the state service does not answer\n");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized CompletableFuture<String> ask() {
        if (asked.isDone()) {
            asked = CompletableFuture.supplyAsync(source, workers);
        }
        return asked;
    }
}
