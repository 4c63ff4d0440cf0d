package dev.gantry.client.shell.start;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Parts that were started. They stop in the reverse order, each whatever happens to the others. */
public final class RunningParts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningParts.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /** Returns the part, which needs no start, but has to be closed. */
    public <T extends AutoCloseable> T add(T part) {
        parts.push(part);
        return part;
    }

    /** Returns the part. Where its start fails it is closed with the others. */
    public <T extends AutoCloseable> T start(T part, Consumer<T> start) {
        start.accept(add(part));
        return part;
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception fault) {
                LOG.warn("{} does not close", part, fault);
            }
        }
    }
}
