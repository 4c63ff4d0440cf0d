package dev.gantry.agent.shell.cri;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The connection to a runtime's socket. It comes back by itself after the runtime was away. */
public final class CriChannel implements AutoCloseable {
    private static final int MAX_MESSAGE_BYTES = 16 << 20;

    private final EventLoopGroup group =
            new MultiThreadIoEventLoopGroup(
                    1,
                    Thread.ofPlatform().daemon().name("cri-", 0).factory(),
                    NioIoHandler.newFactory());
    private final RuntimeMetrics metrics = new RuntimeMetrics();
    private final ManagedChannel channel;

    public CriChannel(Path socket) {
        this.channel =
                NettyChannelBuilder.forAddress(UnixDomainSocketAddress.of(socket))
                        .eventLoopGroup(group)
                        .channelType(NioDomainSocketChannel.class, UnixDomainSocketAddress.class)
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .overrideAuthority("localhost")
                        .usePlaintext()
                        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
                        .intercept(metrics)
                        .build();
    }

    /** What the runtime was asked, and how long that took. */
    public RuntimeMetrics metrics() {
        return metrics;
    }

    ManagedChannel grpc() {
        return channel;
    }

    /** Tries again at once, without waiting for gRPC's own back-off. */
    void retryNow() {
        channel.resetConnectBackoff();
    }

    @Override
    public void close() {
        channel.shutdownNow();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }
}
