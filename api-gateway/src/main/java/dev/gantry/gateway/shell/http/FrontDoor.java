package dev.gantry.gateway.shell.http;

import dev.gantry.gateway.shell.exchange.Answer;
import dev.gantry.gateway.shell.exchange.Forwarder;
import dev.gantry.gateway.shell.exchange.Incoming;
import dev.gantry.gateway.shell.exchange.Replies;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.refusal.Refusal;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2StreamChannel;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Where every request enters. The event loop parses it and reads its body; a virtual thread then
 * does all that may wait; the event loop writes what comes out.
 */
public final class FrontDoor
        implements BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> {
    private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);

    private final Gate gate;
    private final Forwarder forwarder;
    private final Executor workers;
    private final ReplyWriter writer;

    public FrontDoor(Gate gate, Forwarder forwarder, Executor workers) {
        this.gate = gate;
        this.forwarder = forwarder;
        this.workers = workers;
        this.writer = new ReplyWriter(workers);
    }

    @Override
    public Publisher<Void> apply(HttpServerRequest request, HttpServerResponse response) {
        Incoming incoming;
        try {
            incoming = Incoming.of(request, channelOf(request));
        } catch (IllegalArgumentException malformed) {
            response.status(400);
            return response.sendString(Mono.just("400 Bad Request: " + malformed.getMessage()));
        }
        boolean readsBody = incoming.hasBody() && !gate.streamsBody(incoming);
        Mono<byte[]> body =
                readsBody ? BodyReader.read(request, incoming) : Mono.just(BodyReader.NONE);
        return body.flatMap(bytes -> answer(incoming, bytes))
                .doOnDiscard(Answer.Reply.class, FrontDoor::close)
                .onErrorResume(fault -> refuse(fault, incoming))
                .flatMap(
                        answer ->
                                Mono.from(
                                        switch (answer) {
                                            case Answer.Reply(var reply) ->
                                                    writer.write(reply, incoming, response);
                                            case Answer.Forward forward ->
                                                    forwarder.forward(forward, request, response);
                                        }));
    }

    private Mono<Answer> answer(Incoming incoming, byte[] body) {
        return Mono.create(sink -> workers.execute(() -> answer(incoming, body, sink)));
    }

    private void answer(Incoming incoming, byte[] body, MonoSink<Answer> sink) {
        try {
            sink.success(gate.answer(incoming, body));
        } catch (RuntimeException fault) {
            sink.error(fault);
        }
    }

    private static Mono<Answer> refuse(Throwable fault, Incoming incoming) {
        if (fault instanceof Error bug) {
            return Mono.error(bug);
        }
        Refusal why =
                fault instanceof BodyReader.TooLong
                        ? new Refusal.TooLarge(String.valueOf(fault.getMessage()))
                        : new Refusal.Internal("Internal error occurred: the request failed");
        if (!(fault instanceof BodyReader.TooLong)) {
            LOG.error("{} {} failed", incoming.method(), incoming.path(), fault);
        }
        return Mono.just(new Answer.Reply(Replies.refusal(why)));
    }

    /** The client left while its answer was being made. */
    private static void close(Answer.Reply answer) {
        if (answer.reply() instanceof ApiReply.Streaming stream) {
            stream.frames().close();
        }
    }

    private static Channel channelOf(HttpServerRequest request) {
        Channel[] found = new Channel[1];
        request.withConnection(connection -> found[0] = connection.channel());
        return found[0] instanceof Http2StreamChannel ? found[0].parent() : found[0];
    }
}
