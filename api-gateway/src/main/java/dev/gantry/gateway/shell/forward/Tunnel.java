package dev.gantry.gateway.shell.forward;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * Two connections of one event loop that carry each other's bytes, whatever they mean.
 *
 * <p>Of HTTP nothing is left on either of them, and of reactor-netty neither: only TLS, and what
 * looks after slow clients.
 *
 * <p>Invariant: no more is read of one than the other takes, and all that was read is sent before a
 * connection is closed because the other one was.
 */
final class Tunnel extends ChannelInboundHandlerAdapter {
    private final Channel other;

    private Tunnel(Channel other) {
        this.other = other;
    }

    /** Ends when the client's connection does. */
    static Mono<Void> join(Channel near, UpgradeHandshake.Agreed agreed) {
        return Mono.create(
                sink -> {
                    sink.onCancel(near::close);
                    near.closeFuture().addListener(_ -> sink.success());
                    if (near.isActive()) {
                        begin(near, agreed);
                    } else {
                        agreed.far().close();
                    }
                });
    }

    private static void begin(Channel near, UpgradeHandshake.Agreed agreed) {
        Channel far = agreed.far();
        near.config().setAutoRead(false);
        replaceHttp(near, new Tunnel(far));
        near.write(Unpooled.copiedBuffer(text(agreed.head()), ISO_8859_1));
        replaceHttp(far, new Tunnel(near));
        near.flush();
        near.read();
        far.read();
    }

    /** What the codec has read too much reaches the tunnel as it is removed. */
    private static void replaceHttp(Channel channel, Tunnel tunnel) {
        ChannelPipeline pipeline = channel.pipeline();
        List<String> known = List.copyOf(pipeline.toMap().keySet());
        SslHandler tls = pipeline.get(SslHandler.class);
        int first = tls == null ? 0 : known.indexOf(pipeline.context(tls).name()) + 1;
        pipeline.addLast(tunnel);
        known.subList(first, known.size()).reversed().forEach(pipeline::remove);
    }

    /** As the backend said it. No such answer has a length: that was added on the way. */
    private static String text(HttpResponse head) {
        StringBuilder text = new StringBuilder();
        text.append(head.protocolVersion()).append(' ').append(head.status()).append("\r\n");
        for (Map.Entry<String, String> each : head.headers()) {
            if (!each.getKey().equalsIgnoreCase("content-length")) {
                text.append(each.getKey()).append(": ").append(each.getValue()).append("\r\n");
            }
        }
        return text.append("\r\n").toString();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        other.write(bytes);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        other.flush();
        if (other.isWritable()) {
            context.read();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            other.read();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        other.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable fault) {
        context.close();
    }
}
