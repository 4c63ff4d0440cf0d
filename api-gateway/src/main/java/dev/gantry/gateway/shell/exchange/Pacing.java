package dev.gantry.gateway.shell.exchange;

import dev.gantry.model.exchange.FrameSource;
import io.netty.buffer.ByteBuf;
import org.reactivestreams.Publisher;

/** How the answer to one request comes back from elsewhere. */
public interface Pacing {
    /**
     * What is known of an answer before its body comes.
     *
     * @param bytes how long it is; negative where that is not known
     * @param annotations as {@link dev.gantry.model.exchange.ApiReply#AUDIT_ANNOTATIONS} has them;
     *     may be empty
     */
    record Head(int code, long bytes, String annotations) {}

    /** It begins to come. */
    void begin(Head head);

    /**
     * Carries a stream to the client no faster than the client takes it, and within what its user
     * may hold.
     */
    Publisher<ByteBuf> pace(FrameSource frames);
}
