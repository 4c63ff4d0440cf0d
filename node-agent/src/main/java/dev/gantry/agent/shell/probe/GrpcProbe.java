package dev.gantry.agent.shell.probe;

import dev.gantry.agent.probe.ProbeOutcome;
import dev.gantry.agent.shell.probe.Prober.Target;
import dev.gantry.agent.shell.probe.v1.HealthChecking.HealthCheckRequest;
import dev.gantry.agent.shell.probe.v1.HealthChecking.HealthCheckResponse.ServingStatus;
import dev.gantry.agent.shell.probe.v1.HealthGrpc;
import dev.gantry.model.meta.Resource;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * The gRPC health protocol, in plain text. Each question comes by a connection of its own: that one
 * can be made is what is asked, too.
 *
 * <p>Cost: the connections of all probes have one thread together. With gRPC's own threads, each
 * probe of a quiet node would start them anew.
 */
final class GrpcProbe {
    private static final EventLoopGroup LOOP =
            new MultiThreadIoEventLoopGroup(
                    1,
                    Thread.ofPlatform().daemon().name("grpc-probes").factory(),
                    NioIoHandler.newFactory());

    ProbeOutcome ask(JsonNode grpc, Target target, Duration limit) {
        int port = grpc.path("port").asInt(0);
        ManagedChannel channel =
                NettyChannelBuilder.forAddress(new InetSocketAddress(target.podIp(), port))
                        .eventLoopGroup(LOOP)
                        .channelType(NioSocketChannel.class, InetSocketAddress.class)
                        .directExecutor()
                        .disableRetry()
                        .usePlaintext()
                        .userAgent("kube-probe/1.36")
                        .build();
        try {
            var request =
                    HealthCheckRequest.newBuilder()
                            .setService(Resource.text(grpc, "service"))
                            .build();
            ServingStatus status =
                    HealthGrpc.newBlockingStub(channel)
                            .withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS)
                            .check(request)
                            .getStatus();
            boolean isGood = status == ServingStatus.SERVING;
            return new ProbeOutcome(
                    isGood, isGood ? "" : "service unhealthy (responded with \"" + status + "\")");
        } catch (StatusRuntimeException fault) {
            String address = Prober.address(target.podIp(), port);
            return new ProbeOutcome(false, words(fault.getStatus(), address, limit));
        } finally {
            channel.shutdownNow();
        }
    }

    /** Compat: {@code pkg/probe/grpc}, which tries to connect until the time is over. */
    private static String words(Status status, String address, Duration limit) {
        return switch (status.getCode()) {
            case UNIMPLEMENTED ->
                    "error: this server does not implement the grpc health protocol (grpc.health.v1.Health): "
                            + status.getDescription();
            case DEADLINE_EXCEEDED ->
                    "timeout: health rpc did not complete within %ds".formatted(limit.toSeconds());
            case UNAVAILABLE ->
                    "timeout: failed to connect service \"%s\" within %ds: context deadline exceeded"
                            .formatted(address, limit.toSeconds());
            default -> "error: health rpc probe failed: " + status.getDescription();
        };
    }
}
