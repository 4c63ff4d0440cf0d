package dev.gantry.gateway.shell.exchange;

import org.reactivestreams.Publisher;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** Sends a request on over the network and its answer back. */
@FunctionalInterface
public interface Forwarder {
    /**
     * @param pacing for an answer that is a stream
     */
    Publisher<Void> forward(
            Answer.Onward target,
            HttpServerRequest request,
            HttpServerResponse response,
            Pacing pacing);
}
