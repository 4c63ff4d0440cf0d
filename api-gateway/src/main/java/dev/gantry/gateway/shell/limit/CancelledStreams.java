package dev.gantry.gateway.shell.limit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2FrameStreamEvent;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import reactor.netty.NettyPipeline;

/**
 * Keeps streams that are cancelled as soon as they are opened from costing what a request costs
 * (HTTP/2 rapid reset, CVE-2023-44487): a request begins once everything that came with it has been
 * read, and never where its stream is closed by then. A connection on which nobody has proven who
 * they are ends with ENHANCE_YOUR_CALM once it has cancelled {@value #MOST_OF_STRANGER} of them; on
 * others Netty allows 200 in half a minute.
 */
public final class CancelledStreams {
    static final int MOST_OF_STRANGER = 20;

    private final Predicate<Channel> isStranger;

    /** Asked with the connection's channel, on its event loop. */
    public CancelledStreams(Predicate<Channel> isStranger) {
        this.isStranger = isStranger;
    }

    /** Called as a connection comes; has no effect on one that does not speak HTTP/2. */
    public void mind(Channel channel) {
        channel.pipeline().addLast(new Placing());
    }

    /** Of one connection: stands before the handler that makes a channel for each stream. */
    ChannelHandler handler() {
        return new Holding();
    }

    /** Where the handler goes is known once both sides have agreed on HTTP/2. */
    private final class Placing extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslHandshakeCompletionEvent) {
                if (context.pipeline().get(NettyPipeline.H2MultiplexHandler) != null) {
                    context.pipeline().addBefore(NettyPipeline.H2MultiplexHandler, null, handler());
                }
                context.pipeline().remove(this);
            }
            context.fireUserEventTriggered(event);
        }
    }

    /** Called by the connection's event loop only. */
    private final class Holding extends ChannelInboundHandlerAdapter {
        /** Events and frames of streams that were opened by what is being read, in order. */
        private final List<Object> held = new ArrayList<>();

        private int newestBegun;
        private int cancelled;
        private boolean isOver;

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof Http2FrameStreamEvent change && isNew(change.stream())) {
                held.add(change);
            } else {
                context.fireUserEventTriggered(event);
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof Http2ResetFrame) {
                countCancelled(context);
            }
            if (message instanceof Http2StreamFrame frame && isNew(frame.stream())) {
                held.add(frame);
            } else {
                context.fireChannelRead(message);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            beginHeld(context);
            context.fireChannelReadComplete();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (cause instanceof Http2FrameStreamException fault && isNew(fault.stream())) {
                beginHeld(context);
            }
            context.fireExceptionCaught(cause);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            isOver = true;
            beginHeld(context);
            context.fireChannelInactive();
        }

        /** A client numbers its streams upwards. */
        private boolean isNew(Http2FrameStream stream) {
            return stream.id() > newestBegun;
        }

        private void countCancelled(ChannelHandlerContext context) {
            cancelled++;
            if (cancelled == MOST_OF_STRANGER && isStranger.test(context.channel())) {
                isOver = true;
                context.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.ENHANCE_YOUR_CALM))
                        .addListener(ChannelFutureListener.CLOSE);
            }
        }

        private void beginHeld(ChannelHandlerContext context) {
            if (held.isEmpty()) {
                return;
            }
            List<Object> begun = List.copyOf(held);
            held.clear();
            for (Object each : begun) {
                Http2FrameStream stream = streamOf(each);
                newestBegun = Math.max(newestBegun, stream.id());
                if (isOver || stream.state() == Http2Stream.State.CLOSED) {
                    ReferenceCountUtil.release(each);
                } else if (each instanceof Http2FrameStreamEvent event) {
                    context.fireUserEventTriggered(event);
                } else {
                    context.fireChannelRead(each);
                }
            }
        }

        private static Http2FrameStream streamOf(Object held) {
            return switch (held) {
                case Http2FrameStreamEvent event -> event.stream();
                case Http2StreamFrame frame -> frame.stream();
                default -> throw new IllegalStateException("not of a stream: " + held);
            };
        }
    }
}
