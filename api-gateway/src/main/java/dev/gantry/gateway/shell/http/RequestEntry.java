package dev.gantry.gateway.shell.http;

import dev.gantry.gateway.flowcontrol.CallerTier;
import dev.gantry.gateway.request.Deadline;
import dev.gantry.gateway.shell.exchange.Answer;
import dev.gantry.gateway.shell.exchange.Forwarder;
import dev.gantry.gateway.shell.exchange.Incoming;
import dev.gantry.gateway.shell.exchange.Pacing;
import dev.gantry.gateway.shell.exchange.Replies;
import dev.gantry.gateway.shell.flowcontrol.ListSizes;
import dev.gantry.gateway.shell.limit.Allotments;
import dev.gantry.gateway.shell.limit.Connections;
import dev.gantry.gateway.shell.limit.Deadlines;
import dev.gantry.gateway.shell.limit.RequestKind;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.exchange.FrameSource;
import dev.gantry.model.refusal.Refusal;
import io.netty.buffer.ByteBuf;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Where every request enters. The event loop parses it; a virtual thread finds out who asks and
 * whether they may; only then the event loop reads a body, if there is one; a virtual thread does
 * what may wait; the event loop writes what comes out.
 */
public final class RequestEntry
        implements BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> {
    private static final Refusal BAD_TIMEOUT =
            new Refusal.BadRequest("invalid timeout specified in the request URL");
    private static final Refusal TIME_IS_UP =
            new Refusal.Timeout("Timeout: request did not complete within the allotted timeout");

    private static final int NEWEST_HTTP = 2;
    private static final long BODY_BYTES = 192L << 20;

    private final FilterChain filters;
    private final Forwarder forwarder;
    private final Deadlines deadlines;
    private final RequestLog log;
    private final Executor workers;
    private final ReplyWriter writer;
    private final Connections connections;
    private final Allotments bodies;
    private final ListSizes lists;

    public RequestEntry(
            FilterChain filters,
            Forwarder forwarder,
            Deadlines deadlines,
            RequestLog log,
            Executor workers) {
        this.filters = filters;
        this.forwarder = forwarder;
        this.deadlines = deadlines;
        this.log = log;
        this.workers = workers;
        FilterChain.Limits limits = filters.limits();
        this.connections = limits.connections();
        this.lists = limits.lists();
        this.writer = new ReplyWriter(workers);
        this.bodies = new Allotments(BODY_BYTES, BodyReader.LIMIT_BYTES);
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
        connections.hear(incoming.channel());
        return answered(request, incoming)
                .doOnDiscard(RequestResult.class, RequestResult::drop)
                .doOnDiscard(Body.class, Body::close)
                .onErrorResume(fault -> Mono.just(failed(fault, incoming)))
                .flatMap(result -> Mono.from(send(result, incoming, request, response)));
    }

    private Mono<RequestResult> answered(HttpServerRequest request, Incoming incoming) {
        Optional<Duration> limit = Deadline.of(incoming.query());
        if (limit.isEmpty()) {
            return Mono.just(
                    RequestResult.unauthenticated(new Answer.Reply(Replies.refusal(BAD_TIMEOUT))));
        }
        Mono<RequestResult> answer =
                filters.readsBody(incoming)
                        ? withBody(request, incoming)
                        : onWorker(() -> withoutBody(incoming));
        return incoming.isLongRunning()
                ? answer
                : Mono.firstWithSignal(answer, expiry(incoming, limit.get()));
    }

    private RequestResult withoutBody(Incoming incoming) {
        return switch (judgement(incoming)) {
            case Judgement.Stopped(var result) -> noted(incoming, result, Body.NONE);
            case Judgement.Admitted admitted ->
                    noted(incoming, filters.carryOut(incoming, Body.NONE, admitted), Body.NONE);
        };
    }

    private Mono<RequestResult> withBody(HttpServerRequest request, Incoming incoming) {
        return onWorker(() -> judgement(incoming))
                .flatMap(
                        judgement ->
                                switch (judgement) {
                                    case Judgement.Stopped(var result) ->
                                            Mono.just(noted(incoming, result, Body.NONE));
                                    case Judgement.Admitted admitted ->
                                            admitted(request, incoming, admitted);
                                });
    }

    private Mono<RequestResult> admitted(
            HttpServerRequest request, Incoming incoming, Judgement.Admitted admitted) {
        Caller caller = admitted.who().caller();
        Allotments.Share share = bodies.of(CallerTier.of(caller), caller.user());
        return BodyReader.read(request, incoming, share)
                .flatMap(body -> onWorker(() -> carriedOut(incoming, body, admitted)));
    }

    private RequestResult carriedOut(Incoming incoming, Body body, Judgement.Admitted admitted) {
        try (body) {
            byte[] bytes = body.bytes();
            return noted(incoming, filters.carryOut(incoming, bytes, admitted), bytes);
        }
    }

    private Judgement judgement(Incoming incoming) {
        try {
            Judgement judgement = filters.judge(incoming);
            log.received(incoming, judgement);
            return judgement;
        } catch (RuntimeException | Error fault) {
            return new Judgement.Stopped(failed(fault, incoming));
        }
    }

    private static RequestResult failed(Throwable fault, Incoming incoming) {
        return RequestResult.unauthenticated(Failures.answer(fault, incoming));
    }

    /** What another state service answers is noted when it does. */
    private RequestResult noted(Incoming incoming, RequestResult result, byte[] body) {
        if (!(result.answer() instanceof Answer.Forward)) {
            log.note(incoming, result, body);
        }
        return result;
    }

    private <T> Mono<T> onWorker(Supplier<T> task) {
        return Mono.create(
                sink ->
                        workers.execute(
                                () -> {
                                    try {
                                        sink.success(task.get());
                                    } catch (RuntimeException | Error fault) {
                                        // Reactor would take an Error for the end of everything.
                                        sink.error(new IllegalStateException(fault));
                                    }
                                }));
    }

    private Mono<RequestResult> expiry(Incoming incoming, Duration limit) {
        return Mono.create(
                sink -> {
                    Deadlines.Running running =
                            deadlines.begin(
                                    limit,
                                    RequestKind.of(incoming.api().verb()),
                                    () -> sink.success(expired(incoming)));
                    sink.onDispose(() -> deadlines.end(running));
                });
    }

    private RequestResult expired(Incoming incoming) {
        ApiReply reply = Replies.refusal(TIME_IS_UP);
        log.terminated(incoming, reply.code());
        return RequestResult.unauthenticated(new Answer.Reply(reply));
    }

    /** An answer from elsewhere, on its way back. */
    private final class Returning implements Pacing {
        private final RequestResult result;
        private final Incoming incoming;
        private final HttpServerResponse response;
        private final AtomicBoolean isToBeNoted;

        Returning(RequestResult result, Incoming incoming, HttpServerResponse response) {
            this.result = result;
            this.incoming = incoming;
            this.response = response;
            this.isToBeNoted = new AtomicBoolean(result.answer() instanceof Answer.Forward);
        }

        @Override
        public void begin(Head head) {
            result.hold().begin();
            lists.note(incoming, head.bytes());
            note(head.code(), head.annotations());
        }

        /** The client left before the answer came, or the gateway answered itself. */
        void end() {
            note(response.hasSentHeaders() ? response.status().code() : 0, "");
        }

        private void note(int code, String annotations) {
            if (isToBeNoted.getAndSet(false)) {
                log.forwarded(incoming, result, code, annotations);
            }
        }

        @Override
        public Publisher<ByteBuf> pace(FrameSource frames) {
            return writer.pace(lists.measured(frames, incoming), result, response);
        }
    }

    private Publisher<Void> send(
            RequestResult result,
            Incoming incoming,
            HttpServerRequest request,
            HttpServerResponse response) {
        result.hold().flow().ifPresent(flow -> flow.note(response.responseHeaders()));
        Returning returning = new Returning(result, incoming, response);
        Publisher<Void> sending =
                switch (result.answer()) {
                    case Answer.Reply(var reply) -> writer.write(reply, result, incoming, response);
                    case Answer.Onward onward ->
                            forwarder.forward(onward, request, response, returning);
                };
        return Mono.from(sending)
                .doFinally(
                        signal -> {
                            end(result, signal);
                            returning.end();
                            log.ended(incoming, result);
                        });
    }

    /**
     * An answer that was not sent still holds its source, even where nobody subscribed to it. One
     * that was sent has given it up, or goes on with it as a WebSocket.
     */
    private static void end(RequestResult result, SignalType signal) {
        if (signal == SignalType.ON_COMPLETE) {
            result.hold().end();
        } else {
            result.drop();
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
