package dev.gantry.agent.shell.cri;

import dev.gantry.agent.runtime.RuntimeFault;
import dev.gantry.agent.runtime.RuntimeFault.Kind;
import dev.gantry.agent.shell.cri.v1.ImageServiceGrpc;
import dev.gantry.agent.shell.cri.v1.ImageServiceGrpc.ImageServiceBlockingStub;
import dev.gantry.agent.shell.cri.v1.RuntimeServiceGrpc;
import dev.gantry.agent.shell.cri.v1.RuntimeServiceGrpc.RuntimeServiceBlockingStub;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The calls of CRI, with a deadline for each, and with a {@link RuntimeFault} where one fails. */
final class CriCalls {
    private final CriChannel channel;
    private final RuntimeServiceBlockingStub runtime;
    private final ImageServiceBlockingStub images;

    CriCalls(CriChannel channel) {
        this.channel = channel;
        this.runtime = RuntimeServiceGrpc.newBlockingStub(channel.grpc());
        this.images = ImageServiceGrpc.newBlockingStub(channel.grpc());
    }

    /**
     * @param what is called, for the fault to say
     */
    <T> T runtime(String what, Duration limit, Function<RuntimeServiceBlockingStub, T> call) {
        var limited = runtime.withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS);
        return orFault(what, () -> call.apply(limited));
    }

    /** As above, of the service for images. */
    <T> T images(String what, Duration limit, Function<ImageServiceBlockingStub, T> call) {
        var limited = images.withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS);
        return orFault(what, () -> call.apply(limited));
    }

    /** Without a deadline, for what goes on until the calling thread is interrupted. */
    void follow(String what, Consumer<RuntimeServiceBlockingStub> call)
            throws InterruptedException {
        try {
            call.accept(runtime);
        } catch (StatusRuntimeException fault) {
            if (Thread.interrupted()) {
                throw new InterruptedException("no longer following " + what);
            }
            throw fault(what, fault);
        }
    }

    /** Empty where the runtime does not have what the call is about. */
    static <T> Optional<T> unlessMissing(Supplier<T> call) {
        return unless(Kind.MISSING, call);
    }

    /** Empty where the runtime does not know the call. */
    static <T> Optional<T> ifImplemented(Supplier<T> call) {
        return unless(Kind.UNIMPLEMENTED, call);
    }

    private static <T> Optional<T> unless(Kind kind, Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (RuntimeFault fault) {
            if (fault.kind() == kind) {
                return Optional.empty();
            }
            throw fault;
        }
    }

    private <T> T orFault(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (StatusRuntimeException fault) {
            throw fault(what, fault);
        }
    }

    /** A runtime that was away is tried again at the next call, not after gRPC's own back-off. */
    private RuntimeFault fault(String what, StatusRuntimeException fault) {
        Status status = fault.getStatus();
        if (status.getCode() == Status.Code.UNAVAILABLE) {
            channel.retryNow();
        }
        Kind kind =
                switch (status.getCode()) {
                    case NOT_FOUND -> Kind.MISSING;
                    case DEADLINE_EXCEEDED -> Kind.DEADLINE;
                    case UNAVAILABLE -> Kind.UNREACHABLE;
                    case UNIMPLEMENTED -> Kind.UNIMPLEMENTED;
                    default -> Kind.OTHER;
                };
        String said =
                status.getDescription() == null ? status.getCode().name() : status.getDescription();
        return new RuntimeFault(kind, what, said, fault);
    }
}
