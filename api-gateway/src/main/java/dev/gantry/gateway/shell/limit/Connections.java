package dev.gantry.gateway.shell.limit;

import dev.gantry.gateway.authentication.Identity;
import dev.gantry.gateway.flowcontrol.CallerTier;
import dev.gantry.model.exchange.Caller;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.AttributeKey;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Counts connections: by address until a request has authenticated, and by user afterwards.
 *
 * <pre>
 *   comes ──► unauthenticated ──proves who it is──► one of a user
 *     │ too many of the address  │ asks nothing in time       │ too many of the user
 *     ▼                          ▼                            ▼
 *   closed                     closed                       429, closed
 * </pre>
 */
public final class Connections {
    private static final AttributeKey<Counted> COUNTED = AttributeKey.valueOf("gantry.counted");
    private static final Duration FIRST_REQUEST = Duration.ofSeconds(20);

    /** Of one address, and of all. */
    private static final int MOST_OF_ADDRESS = 500;

    private static final int MOST_UNAUTHENTICATED = 5_000;
    private static final String ALL = "";

    private final Tally unauthenticated = new Tally();
    private final Tally users = new Tally();

    /** Called as a connection comes, before anything is read from it. */
    public void greet(Channel channel) {
        channel.pipeline().addFirst(new Counting());
    }

    /** A first request came, whole up to its headers. */
    public void hear(Channel channel) {
        Counted counted = channel.attr(COUNTED).get();
        if (counted != null) {
            counted.hasAsked = true;
        }
    }

    /** Whether nobody has proven yet who they are. */
    public boolean isStranger(Channel channel) {
        Counted counted = channel.attr(COUNTED).get();
        return counted == null || counted.isStranger();
    }

    /** False where the caller has too many connections already. */
    public boolean belongs(Channel channel, Caller caller) {
        Counted counted = channel.attr(COUNTED).get();
        if (counted == null || caller.user().equals(Identity.ANONYMOUS.user())) {
            return true;
        }
        return counted.become(caller.user(), CallerTier.of(caller).mostOfUser());
    }

    private final class Counting extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            String address = addressOf(context.channel());
            if (!unauthenticated.enter(address, MOST_OF_ADDRESS)) {
                context.close();
                return;
            }
            if (!unauthenticated.enter(ALL, MOST_UNAUTHENTICATED)) {
                unauthenticated.leave(address);
                context.close();
                return;
            }
            Counted counted = new Counted(address);
            context.channel().attr(COUNTED).set(counted);
            context.channel().closeFuture().addListener(_ -> counted.leave());
            context.executor()
                    .schedule(
                            () -> {
                                if (!counted.hasAsked) {
                                    context.close();
                                }
                            },
                            FIRST_REQUEST.toSeconds(),
                            TimeUnit.SECONDS);
            context.fireChannelActive();
            context.pipeline().remove(this);
        }
    }

    private static String addressOf(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress remote
                        && remote.getAddress() != null
                ? remote.getAddress().getHostAddress()
                : "unknown";
    }

    /** As whose the connection counts. Several streams of it may ask at once. */
    private final class Counted {
        private final String address;
        private volatile boolean hasAsked;
        private boolean isUnauthenticated = true;
        private boolean hasLeft;
        private String user = "";

        Counted(String address) {
            this.address = address;
        }

        synchronized boolean become(String name, int most) {
            if (!isUnauthenticated || hasLeft) {
                return true;
            }
            if (!users.enter(name, most)) {
                return false;
            }
            user = name;
            isUnauthenticated = false;
            leaveUnauthenticated();
            return true;
        }

        synchronized boolean isStranger() {
            return isUnauthenticated;
        }

        synchronized void leave() {
            hasLeft = true;
            if (isUnauthenticated) {
                leaveUnauthenticated();
            } else {
                users.leave(user);
            }
        }

        private void leaveUnauthenticated() {
            unauthenticated.leave(address);
            unauthenticated.leave(ALL);
        }
    }
}
