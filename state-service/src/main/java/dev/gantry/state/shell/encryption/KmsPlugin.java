package dev.gantry.state.shell.encryption;

import dev.gantry.state.secret.kms.KmsMessages;
import dev.gantry.state.secret.kms.KmsStatus;
import dev.gantry.state.secret.kms.WrappedKey;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A KMS plugin behind a Unix socket. The connection comes back by itself after the plugin was away.
 *
 * <p>Compat: {@code k8s.io/kms/apis/v2}.
 */
final class KmsPlugin implements AutoCloseable {
    private static final String SERVICE = "v2.KeyManagementService/";
    private static final MethodDescriptor<byte[], byte[]> STATUS = method("Status");
    private static final MethodDescriptor<byte[], byte[]> ENCRYPT = method("Encrypt");
    private static final MethodDescriptor<byte[], byte[]> DECRYPT = method("Decrypt");
    private static final byte[] NOTHING = new byte[0];

    private final Duration timeout;
    private final EventLoopGroup group =
            new MultiThreadIoEventLoopGroup(
                    1,
                    Thread.ofPlatform().daemon().name("kms-", 0).factory(),
                    NioIoHandler.newFactory());
    private final ManagedChannel channel;

    KmsPlugin(String socket, Duration timeout) {
        this.timeout = timeout;
        this.channel =
                NettyChannelBuilder.forAddress(UnixDomainSocketAddress.of(socket))
                        .eventLoopGroup(group)
                        .channelType(NioDomainSocketChannel.class, UnixDomainSocketAddress.class)
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .overrideAuthority("localhost")
                        .usePlaintext()
                        .build();
    }

    KmsStatus status() throws KmsFault {
        return call(STATUS, NOTHING, KmsMessages::status);
    }

    WrappedKey wrap(byte[] key) throws KmsFault {
        return call(ENCRYPT, KmsMessages.encryptRequest(key, uid()), KmsMessages::encryptResponse);
    }

    byte[] unwrap(WrappedKey wrapped) throws KmsFault {
        byte[] request = KmsMessages.decryptRequest(wrapped, uid());
        return call(DECRYPT, request, KmsMessages::decryptResponse);
    }

    @Override
    public void close() {
        channel.shutdownNow();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    /** Reads an answer. */
    private interface Reading<T> {
        T read(byte[] message) throws IOException;
    }

    private <T> T call(MethodDescriptor<byte[], byte[]> method, byte[] request, Reading<T> reading)
            throws KmsFault {
        try {
            // Compat: also upstream waits for a plugin that is just coming back.
            channel.resetConnectBackoff();
            CallOptions options =
                    CallOptions.DEFAULT
                            .withWaitForReady()
                            .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return reading.read(ClientCalls.blockingUnaryCall(channel, method, options, request));
        } catch (StatusRuntimeException | IOException fault) {
            throw new KmsFault(
                    "%s: %s".formatted(method.getBareMethodName(), fault.getMessage()), fault);
        }
    }

    private static String uid() {
        return UUID.randomUUID().toString();
    }

    private static MethodDescriptor<byte[], byte[]> method(String name) {
        return MethodDescriptor.newBuilder(new Bytes(), new Bytes())
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(SERVICE + name)
                .build();
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException fault) {
                throw new UncheckedIOException(fault);
            }
        }
    }
}
