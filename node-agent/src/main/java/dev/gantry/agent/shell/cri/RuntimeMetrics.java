package dev.gantry.agent.shell.cri;

import dev.gantry.client.shell.metrics.Counters;
import dev.gantry.client.shell.metrics.Histogram;
import dev.gantry.client.shell.metrics.Histograms;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts what the runtime is asked, what of it failed, and how long it took. A stream of events has
 * no such end, and is not counted.
 *
 * <p>Compat: {@code pkg/kubelet/kuberuntime/instrumented_services.go}.
 */
public final class RuntimeMetrics implements ClientInterceptor {
    private static final String OPERATION = "operation_type";

    private final Map<String, String> operations = new ConcurrentHashMap<>();
    private final Counters asked =
            new Counters(
                    "kubelet_runtime_operations_total",
                    "What the container runtime was asked.",
                    OPERATION);
    private final Counters failed =
            new Counters(
                    "kubelet_runtime_operations_errors_total",
                    "What the container runtime could not do.",
                    OPERATION);
    private final Histograms durations =
            new Histograms(
                    "kubelet_runtime_operations_duration_seconds",
                    "How long the container runtime took.",
                    Histogram.exponential(0.005, 2.5, 14),
                    OPERATION);

    RuntimeMetrics() {}

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(
            MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        ClientCall<Q, A> call = next.newCall(method, options);
        if (method.getType() != MethodDescriptor.MethodType.UNARY) {
            return call;
        }
        String operation =
                operations.computeIfAbsent(
                        String.valueOf(method.getBareMethodName()), RuntimeMetrics::operation);
        return new SimpleForwardingClientCall<>(call) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                super.start(watched(operation, listener), headers);
            }
        };
    }

    private <A> ClientCall.Listener<A> watched(String operation, ClientCall.Listener<A> listener) {
        long began = System.nanoTime();
        asked.add(operation);
        return new SimpleForwardingClientCallListener<>(listener) {
            @Override
            public void onClose(Status status, Metadata trailers) {
                durations.of(operation).addNanos(System.nanoTime() - began);
                if (!status.isOk()) {
                    failed.add(operation);
                }
                super.onClose(status, trailers);
            }
        };
    }

    public void append(StringBuilder text) {
        asked.append(text);
        failed.append(text);
        durations.append(text);
    }

    /** Compat: such as {@code run_podsandbox} of the method {@code RunPodSandbox}. */
    static String operation(String method) {
        String words = method.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
        return words.replace("pod_sandbox", "podsandbox")
                .replace("update_container_resources", "update_container");
    }
}
