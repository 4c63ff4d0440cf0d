package dev.gantry.agent.shell;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Parts that were started. They stop in the reverse order, each whatever happens to the others. */
final class RunningParts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningParts.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    /** Returns the part. Where its start fails it is closed with the others. */
    <T extends AutoCloseable> T start(T part, Consumer<T> start) {
        parts.push(part);
        start.accept(part);
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
