package dev.gantry.gateway.shell.http;

import dev.gantry.gateway.flowcontrol.CallerTier;
import dev.gantry.gateway.shell.exchange.Incoming;
import dev.gantry.gateway.shell.limit.Allotments;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.exchange.FrameSource;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.concurrent.Executor;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Writes replies: small ones in one piece and uncopied, large ones and streams piece by piece, as
 * the client takes them.
 */
final class ReplyWriter {
    /** What is sent in one piece, past what a connection takes at once. */
    private static final int PIECE_BYTES = 64 << 10;

    private static final long REPLY_BYTES = 256L << 20;

    private final Executor workers;
    private final WebSocketStream webSockets;
    private final Allotments replies;

    ReplyWriter(Executor workers) {
        this.workers = workers;
        this.replies = new Allotments(REPLY_BYTES, PIECE_BYTES);
        this.webSockets = new WebSocketStream(workers);
    }

    Publisher<Void> write(
            ApiReply reply, RequestResult result, Incoming incoming, HttpServerResponse response) {
        response.status(reply.code());
        HttpHeaders headers = response.responseHeaders();
        if (!reply.contentType().isEmpty()) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, reply.contentType());
        }
        reply.forEachHeader(
                (name, value) -> {
                    if (!name.equals(ApiReply.AUDIT_ANNOTATIONS)) {
                        headers.add(name, value);
                    }
                });
        headers.set("Audit-Id", incoming.id());
        if (!headers.contains(HttpHeaderNames.CACHE_CONTROL)) {
            headers.set(HttpHeaderNames.CACHE_CONTROL, "no-cache, private");
        }
        Allotments.Share share = shareOf(result);
        return switch (reply) {
            case ApiReply.Whole whole -> writeWhole(whole, share, incoming, response);
            case ApiReply.Streaming stream -> writeStream(stream, share, incoming, response);
        };
    }

    /** A stream from elsewhere, for the client of that response. */
    Publisher<ByteBuf> pace(FrameSource frames, RequestResult result, HttpServerResponse response) {
        Outlet outlet = new Outlet(channelOf(response), shareOf(result), 0);
        return new FramePump(frames, outlet, workers);
    }

    private Allotments.Share shareOf(RequestResult result) {
        return result.who()
                .map(RequestResult.Who::caller)
                .map(caller -> replies.of(CallerTier.of(caller), caller.user()))
                .orElseGet(() -> replies.of(CallerTier.STRANGER, ""));
    }

    private Publisher<Void> writeWhole(
            ApiReply.Whole whole,
            Allotments.Share share,
            Incoming incoming,
            HttpServerResponse response) {
        byte[] body =
                Compression.isWorthwhile(whole, incoming)
                        ? Compression.gzip(whole.body(), response.responseHeaders())
                        : whole.body();
        response.responseHeaders().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        if (incoming.isHead()) {
            return response.send();
        }
        if (body.length <= PIECE_BYTES && share.take(body.length)) {
            return Mono.from(response.sendObject(Unpooled.wrappedBuffer(body)))
                    .doFinally(_ -> share.give(body.length));
        }
        Outlet outlet = new Outlet(channelOf(response), share, body.length);
        return response.send(
                new FramePump(new Pieces(body, PIECE_BYTES), outlet, workers), _ -> true);
    }

    private Publisher<Void> writeStream(
            ApiReply.Streaming stream,
            Allotments.Share share,
            Incoming incoming,
            HttpServerResponse response) {
        if (incoming.isHead()) {
            stream.frames().close();
            return response.send();
        }
        Outlet outlet = new Outlet(channelOf(response), share, 0);
        if (incoming.wantsWebSocket() && WebSocketStream.concerns(incoming.api())) {
            return webSockets.write(stream, outlet, incoming, response);
        }
        return response.send(new FramePump(stream.frames(), outlet, workers), _ -> true);
    }

    private static Channel channelOf(HttpServerResponse response) {
        Channel[] found = new Channel[1];
        response.withConnection(connection -> found[0] = connection.channel());
        return found[0];
    }
}
