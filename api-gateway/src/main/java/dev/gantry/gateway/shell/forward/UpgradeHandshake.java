package dev.gantry.gateway.shell.forward;

import dev.gantry.gateway.shell.reach.Peer;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.net.InetSocketAddress;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Asks a backend for an upgrade, on a connection of its own, which the client's event loop looks
 * after: so that later neither end waits for another thread.
 *
 * <p>Invariant: nothing of the request is sent before the other end has proved who it is.
 */
final class UpgradeHandshake extends SimpleChannelInboundHandler<FullHttpResponse> {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int REFUSAL_BYTES = 1 << 20;

    private final FullHttpRequest request;
    private final MonoSink<Outcome> sink;
    private boolean isOver;

    private UpgradeHandshake(FullHttpRequest request, MonoSink<Outcome> sink) {
        this.request = request;
        this.sink = sink;
    }

    /** What the backend said. */
    sealed interface Outcome {}

    /**
     * @param far reads nothing more until somebody asks it to
     */
    record Agreed(Channel far, HttpResponse head) implements Outcome {}

    record Refused(HttpResponse head, byte[] body) implements Outcome {
        int code() {
            return head.status().code();
        }

        /** An error is the client's to see; anything else would be no answer to its question. */
        boolean isError() {
            return code() >= 400;
        }

        String invalid() {
            return "invalid upgrade response: status code " + code();
        }
    }

    static Mono<Outcome> ask(Peer peer, FullHttpRequest request, Channel near) {
        return Mono.create(
                sink -> {
                    ChannelFuture connecting =
                            new Bootstrap()
                                    .group(near.eventLoop())
                                    .channel(near.getClass())
                                    .disableResolver()
                                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                                    .option(ChannelOption.AUTO_READ, false)
                                    .handler(pipeline(peer, new UpgradeHandshake(request, sink)))
                                    .connect(peer.address());
                    sink.onCancel(connecting.channel()::close);
                    connecting.addListener(
                            done -> {
                                if (!done.isSuccess()) {
                                    sink.error(done.cause());
                                }
                            });
                });
    }

    private static ChannelInitializer<Channel> pipeline(Peer peer, UpgradeHandshake last) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel far) {
                InetSocketAddress address = peer.address();
                peer.tls()
                        .map(
                                tls ->
                                        tls.newHandler(
                                                far.alloc(),
                                                address.getHostString(),
                                                address.getPort()))
                        .ifPresent(far.pipeline()::addLast);
                far.pipeline()
                        .addLast(
                                new HttpClientCodec(),
                                new HttpObjectAggregator(REFUSAL_BYTES),
                                last);
            }
        };
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.writeAndFlush(request)
                .addListener(
                        sent -> {
                            if (!sent.isSuccess()) {
                                fail(context, sent.cause());
                            }
                        });
        context.read();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!isOver) {
            context.read();
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
        isOver = true;
        if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            sink.success(new Agreed(context.channel(), response));
        } else {
            sink.success(new Refused(response, ByteBufUtil.getBytes(response.content())));
            context.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        fail(context, new IOException("EOF"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable fault) {
        fail(context, fault);
    }

    private void fail(ChannelHandlerContext context, Throwable fault) {
        if (!isOver) {
            isOver = true;
            sink.error(fault);
        }
        context.close();
    }
}
