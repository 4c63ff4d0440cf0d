package dev.gantry.gateway.shell.http;

import dev.gantry.gateway.shell.exchange.Incoming;
import dev.gantry.model.exchange.ApiReply;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Map;
import java.util.concurrent.Executor;
import org.reactivestreams.Publisher;
import reactor.netty.http.server.HttpServerResponse;

/** Writes replies: whole ones in one piece and uncopied, streams frame by frame. */
final class ReplyWriter {
    private final Executor workers;
    private final WebSocketStream webSockets;

    ReplyWriter(Executor workers) {
        this.workers = workers;
        this.webSockets = new WebSocketStream(workers);
    }

    Publisher<Void> write(ApiReply reply, Incoming incoming, HttpServerResponse response) {
        response.status(reply.code());
        HttpHeaders headers = response.responseHeaders();
        if (!reply.contentType().isEmpty()) {
            headers.set(HttpHeaderNames.CONTENT_TYPE, reply.contentType());
        }
        for (Map.Entry<String, String> each : reply.headers().entrySet()) {
            headers.set(each.getKey(), each.getValue());
        }
        headers.set("Audit-Id", incoming.id());
        if (!headers.contains(HttpHeaderNames.CACHE_CONTROL)) {
            headers.set(HttpHeaderNames.CACHE_CONTROL, "no-cache, private");
        }
        return switch (reply) {
            case ApiReply.Whole whole -> writeWhole(whole, incoming, response);
            case ApiReply.Streaming stream -> writeStream(stream, incoming, response);
        };
    }

    private static Publisher<Void> writeWhole(
            ApiReply.Whole whole, Incoming incoming, HttpServerResponse response) {
        byte[] body =
                Compression.isWorthwhile(whole, incoming)
                        ? Compression.gzip(whole.body(), response.responseHeaders())
                        : whole.body();
        response.responseHeaders().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        if (incoming.isHead()) {
            return response.send();
        }
        return response.sendObject(Unpooled.wrappedBuffer(body));
    }

    private Publisher<Void> writeStream(
            ApiReply.Streaming stream, Incoming incoming, HttpServerResponse response) {
        if (incoming.isHead()) {
            stream.frames().close();
            return response.send();
        }
        if (incoming.wantsWebSocket() && WebSocketStream.concerns(incoming.api())) {
            return webSockets.write(stream, incoming, response);
        }
        return response.send(new FramePump(stream.frames(), workers), _ -> true);
    }
}
