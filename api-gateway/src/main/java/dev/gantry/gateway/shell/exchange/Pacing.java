package dev.gantry.gateway.shell.exchange;

import dev.gantry.model.exchange.FrameSource;
import io.netty.buffer.ByteBuf;
import org.reactivestreams.Publisher;

/**
 * Carries a stream to the client of one request no faster than the client takes it, and within what
 * its user may hold.
 */
@FunctionalInterface
public interface Pacing {
    Publisher<ByteBuf> pace(FrameSource frames);
}
