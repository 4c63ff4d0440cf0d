package dev.gantry.gateway.shell.limit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends connections whose clients take nothing of what waits for them, replies and streams alike:
 * soon where many do so at once, for each of them holds some memory.
 */
public final class SlowClients {
    private static final Duration ROUND = Duration.ofSeconds(5);

    /** After so many rounds in which nothing moved: a minute. */
    private static final int MOST_ROUNDS = 12;

    /** So many at once are no chance. */
    private static final int MANY = 200;

    private final AtomicInteger stalled = new AtomicInteger();

    /** Called as a connection comes. */
    public void mind(Channel channel) {
        channel.pipeline().addFirst(new Watch());
    }

    public int count() {
        return stalled.get();
    }

    /** Of one connection; called by its event loop only. */
    private final class Watch extends ChannelInboundHandlerAdapter {
        private boolean isStalled;
        private boolean isLookedAfter;
        private long stalls;

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            note(!context.channel().isWritable());
            if (isStalled && !isLookedAfter) {
                isLookedAfter = true;
                lookAfter(stalls, 1, context);
            }
            context.fireChannelWritabilityChanged();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            note(false);
            context.fireChannelInactive();
        }

        private void note(boolean isStalledNow) {
            if (isStalledNow != isStalled) {
                isStalled = isStalledNow;
                stalls++;
                stalled.addAndGet(isStalledNow ? 1 : -1);
            }
        }

        /** Cost: one task at most, however often a client that does read has to be waited for. */
        private void lookAfter(long since, int round, ChannelHandlerContext context) {
            context.executor()
                    .schedule(
                            () -> look(since, round, context),
                            ROUND.toMillis(),
                            TimeUnit.MILLISECONDS);
        }

        private void look(long since, int round, ChannelHandlerContext context) {
            boolean isStuck = isStalled && stalls == since;
            if (isStuck && (round == MOST_ROUNDS || stalled.get() > MANY)) {
                context.close();
            } else if (isStalled) {
                lookAfter(stalls, isStuck ? round + 1 : 1, context);
            } else {
                isLookedAfter = false;
            }
        }
    }
}
