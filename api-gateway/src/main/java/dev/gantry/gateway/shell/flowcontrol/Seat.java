package dev.gantry.gateway.shell.flowcontrol;

import dev.gantry.gateway.flowcontrol.FairQueues.Ticket;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What a request holds while it is served; may be given back more than once. */
public final class Seat implements AutoCloseable {
    private final RequestClass of;
    private final int width;
    private final @Nullable Ticket waited;
    private final long begunNanos;
    private final AtomicBoolean isGiven = new AtomicBoolean();

    private Seat(RequestClass of, int width, @Nullable Ticket waited) {
        this.of = of;
        this.width = width;
        this.waited = waited;
        this.begunNanos = waited == null ? 0 : of.seats().now();
        of.counts().begin(width);
    }

    static Seat atOnce(RequestClass of, int width) {
        return new Seat(of, width, null);
    }

    static Seat afterWaiting(RequestClass of, Ticket ticket) {
        return new Seat(of, ticket.width(), ticket);
    }

    @Override
    public void close() {
        if (!isGiven.compareAndSet(false, true)) {
            return;
        }
        of.counts().end(width);
        if (of.level().isExempt()) {
            return;
        }
        if (waited == null) {
            of.seats().give(width);
        } else {
            of.seats().end(waited, of.seats().now() - begunNanos);
        }
    }
}
