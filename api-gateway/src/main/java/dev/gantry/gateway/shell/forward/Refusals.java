package dev.gantry.gateway.shell.forward;

import dev.gantry.gateway.shell.exchange.Replies;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.refusal.Refusal;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/** Tells a client why nothing was forwarded. */
final class Refusals {
    private Refusals() {}

    static Mono<Void> write(Refusal why, HttpServerResponse response) {
        if (response.hasSentHeaders()) {
            return Mono.empty();
        }
        var reply = (ApiReply.Whole) Replies.refusal(why);
        reply.headers().forEach(response.responseHeaders()::set);
        return response.status(reply.code())
                .header(HttpHeaderNames.CONTENT_TYPE, reply.contentType())
                .header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(reply.body().length))
                .sendObject(Unpooled.wrappedBuffer(reply.body()))
                .then();
    }
}
