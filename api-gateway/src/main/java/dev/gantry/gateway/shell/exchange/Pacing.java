package dev.gantry.gateway.shell.exchange;

import dev.gantry.model.exchange.FrameSource;
import io.netty.buffer.ByteBuf;
import org.reactivestreams.Publisher;

/** How the answer to one request comes back from elsewhere. */
public interface Pacing {
    /**
     * It begins to come.
     *
     * @param bytes how long it is; negative where that is not known
     */
    void begin(long bytes);

    /**
     * Carries a stream to the client no faster than the client takes it, and within what its user
     * may hold.
     */
    Publisher<ByteBuf> pace(FrameSource frames);
}
