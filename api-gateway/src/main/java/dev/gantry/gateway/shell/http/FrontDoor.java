package dev.gantry.gateway.shell.http;

import dev.gantry.gateway.request.Deadline;
import dev.gantry.gateway.shell.agent.OutsideRequests;
import dev.gantry.gateway.shell.exchange.Answer;
import dev.gantry.gateway.shell.exchange.Forwarder;
import dev.gantry.gateway.shell.exchange.Incoming;
import dev.gantry.gateway.shell.exchange.Replies;
import dev.gantry.gateway.shell.limit.Deadlines;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.refusal.Refusal;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2StreamChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.reactivestreams.Publisher;
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
    private static final Refusal BAD_TIMEOUT =
            new Refusal.BadRequest("invalid timeout specified in the request URL");
    private static final Refusal TIME_IS_UP =
            new Refusal.Timeout("Timeout: request did not complete within the allotted timeout");

    private static final int NEWEST_HTTP = 2;

    private final Gate gate;
    private final Forwarder forwarder;
    private final Deadlines deadlines;
    private final Journal journal;
    private final Executor workers;
    private final ReplyWriter writer;
    private final BodyReader bodies = new BodyReader();

    public FrontDoor(
            Gate gate,
            Forwarder forwarder,
            Deadlines deadlines,
            Journal journal,
            Executor workers) {
        this.gate = gate;
        this.forwarder = forwarder;
        this.deadlines = deadlines;
        this.journal = journal;
        this.workers = workers;
        this.writer = new ReplyWriter(workers);
    }

    @Override
    public Publisher<Void> apply(HttpServerRequest request, HttpServerResponse response) {
        if (request.version().majorVersion() > NEWEST_HTTP) {
            return refuseVersion(channelOf(request));
        }
        Incoming incoming;
        try {
            incoming = Incoming.of(request, channelOf(request));
        } catch (IllegalArgumentException malformed) {
            response.status(400);
            return response.sendString(Mono.just("400 Bad Request: " + malformed.getMessage()));
        }
        boolean readsBody = incoming.hasBody() && !gate.leavesBody(incoming);
        return answered(request, incoming, readsBody)
                .doOnDiscard(Answer.Reply.class, FrontDoor::close)
                .onErrorResume(fault -> Mono.just(Failures.answer(fault, incoming)))
                .flatMap(answer -> Mono.from(send(answer, incoming, request, response)));
    }

    private Mono<Answer> answered(HttpServerRequest request, Incoming incoming, boolean readsBody) {
        if (!readsBody) {
            return answer(incoming, BodyReader.NONE);
        }
        return bodies.read(request, incoming)
                .flatMap(bytes -> answer(incoming, bytes).doFinally(_ -> bodies.release(incoming)));
    }

    private Publisher<Void> send(
            Answer answer,
            Incoming incoming,
            HttpServerRequest request,
            HttpServerResponse response) {
        return switch (answer) {
            case Answer.Reply(var reply) -> writer.write(reply, incoming, response);
            case Answer.Forward forward -> forwarder.forward(forward, request, response);
        };
    }

    private Mono<Answer> answer(Incoming incoming, byte[] body) {
        Optional<Duration> limit = Deadline.of(incoming.query());
        if (limit.isEmpty()) {
            return Mono.just(new Answer.Reply(Replies.refusal(BAD_TIMEOUT)));
        }
        return Mono.create(
                sink -> {
                    if (isLongRunning(incoming)) {
                        workers.execute(() -> work(incoming, body, sink));
                        return;
                    }
                    Deadlines.Running running =
                            deadlines.begin(
                                    limit.get(),
                                    () ->
                                            sink.success(
                                                    new Answer.Reply(Replies.refusal(TIME_IS_UP))));
                    sink.onDispose(() -> deadlines.end(running));
                    workers.execute(() -> work(incoming, body, sink));
                });
    }

    private void work(Incoming incoming, byte[] body, MonoSink<Answer> sink) {
        Judged judged = judged(incoming, body);
        try {
            journal.note(incoming, judged);
        } finally {
            sink.success(judged.answer());
        }
    }

    private Judged judged(Incoming incoming, byte[] body) {
        try {
            return gate.answer(incoming, body);
        } catch (RuntimeException | Error fault) {
            return Judged.stranger(Failures.answer(fault, incoming));
        }
    }

    /** Compat: {@code BasicLongRunningRequestCheck}. */
    private static boolean isLongRunning(Incoming incoming) {
        return incoming.api().verb().equals("watch")
                || OutsideRequests.isProxied(incoming.api())
                || OutsideRequests.isConnect(incoming.api())
                || incoming.api().subresource().equals("log");
    }

    /** The client left while its answer was being made. */
    private static void close(Answer.Reply answer) {
        if (answer.reply() instanceof ApiReply.Streaming stream) {
            stream.frames().close();
        }
    }

    /** Past reactor-netty, which would answer in the version that was asked for. */
    private static Publisher<Void> refuseVersion(Channel channel) {
        var refusal =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED);
        refusal.headers()
                .set(HttpHeaderNames.CONTENT_LENGTH, 0)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        channel.writeAndFlush(refusal).addListener(ChannelFutureListener.CLOSE);
        return Mono.never();
    }

    private static Channel channelOf(HttpServerRequest request) {
        Channel[] found = new Channel[1];
        request.withConnection(connection -> found[0] = connection.channel());
        return found[0] instanceof Http2StreamChannel ? found[0].parent() : found[0];
    }
}
