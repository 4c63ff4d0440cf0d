package dev.gantry.bench.scenario;

import dev.gantry.bench.client.Cluster;
import dev.gantry.bench.client.WatchStream;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.ToIntFunction;
import tools.jackson.databind.JsonNode;

/** The objects of a collection as a watch tells of them, and how much of something they show. */
final class WatchedObjects implements AutoCloseable {
    /** Without any event for so long there will be none. */
    private static final long SILENCE_SECONDS = 180;

    private final Map<String, Integer> amounts = new HashMap<>();
    private final ToIntFunction<JsonNode> amount;
    private final WatchStream watch;
    private long total;
    private long lastHeard = System.nanoTime();

    /**
     * @param query selects objects; may be empty
     * @param amount how much one object shows of what is counted
     */
    WatchedObjects(Cluster cluster, String path, String query, ToIntFunction<JsonNode> amount)
            throws IOException {
        this.amount = amount;
        this.watch = new WatchStream(cluster, path + "?watch=true" + query, "", this::hear);
    }

    /** How many there are. */
    synchronized int count() {
        return amounts.size();
    }

    /** What all of them show together. */
    synchronized long total() {
        return total;
    }

    /** Returns when it holds, with the time of the event that made it hold. */
    synchronized long await(String what, BooleanSupplier condition)
            throws IOException, InterruptedException {
        lastHeard = System.nanoTime();
        while (!condition.getAsBoolean()) {
            long rest = lastHeard + TimeUnit.SECONDS.toNanos(SILENCE_SECONDS) - System.nanoTime();
            if (rest <= 0) {
                throw new IOException(
                        "waited in vain for %s: there are %d objects, and %d is counted"
                                .formatted(what, amounts.size(), total));
            }
            TimeUnit.NANOSECONDS.timedWait(this, rest);
        }
        return lastHeard;
    }

    @Override
    public void close() throws IOException {
        watch.close();
    }

    private synchronized void hear(JsonNode event) {
        JsonNode object = event.path("object");
        String name = Resource.text(object.path("metadata"), "name");
        boolean isGone = Resource.text(event, "type").equals("DELETED");
        int now = isGone ? 0 : amount.applyAsInt(object);
        Integer before = isGone ? amounts.remove(name) : amounts.put(name, now);
        total += now - (before == null ? 0 : before);
        lastHeard = System.nanoTime();
        notifyAll();
    }
}
