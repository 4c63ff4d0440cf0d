package dev.gantry.gateway.shell.audit;

import dev.gantry.client.shell.loop.Loop;
import dev.gantry.gateway.audit.AuditEvent;
import java.io.IOException;
import java.util.List;

/** Where events end. One thread calls it; what it throws says that the whole batch is lost. */
interface AuditBackend extends AutoCloseable {
    /** Compat: the value of the label {@code plugin}. */
    String name();

    /**
     * Returns when it is known what became of the events.
     *
     * @param loop ends the waiting
     */
    void write(List<AuditEvent> batch, Loop loop) throws IOException, InterruptedException;

    /** What is left at the end: tried once. */
    void writeLast(List<AuditEvent> batch) throws IOException;

    @Override
    void close() throws IOException;
}
