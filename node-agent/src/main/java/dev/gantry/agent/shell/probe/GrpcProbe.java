package dev.gantry.agent.shell.probe;

import dev.gantry.agent.probe.ProbeOutcome;
import dev.gantry.agent.shell.probe.Prober.Target;
import dev.gantry.agent.shell.probe.v1.HealthChecking.HealthCheckRequest;
import dev.gantry.agent.shell.probe.v1.HealthChecking.HealthCheckResponse.ServingStatus;
import dev.gantry.agent.shell.probe.v1.HealthGrpc;
import dev.gantry.model.meta.Resource;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** The gRPC health protocol, in plain text. */
final class GrpcProbe {
    ProbeOutcome ask(JsonNode grpc, Target target, Duration limit) {
        int port = grpc.path("port").asInt(0);
        var address = new InetSocketAddress(target.podIp(), port);
        ManagedChannel channel =
                NettyChannelBuilder.forAddress(address)
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
            return new ProbeOutcome(
                    false, "health rpc failed: " + fault.getStatus().getDescription());
        } finally {
            channel.shutdownNow();
        }
    }
}
