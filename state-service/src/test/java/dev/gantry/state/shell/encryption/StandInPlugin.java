package dev.gantry.state.shell.encryption;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import dev.gantry.testkit.Patience;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A KMS plugin on a Unix socket that really wraps keys. It may go away and come back. */
public final class StandInPlugin implements AutoCloseable {
    private static final String ANNOTATION = "stand-in.example.com/version";

    private final Path socket;
    private final Map<String, SecretKey> keys = new HashMap<>();
    private final EventLoopGroup group =
            new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    final AtomicInteger unwrapped = new AtomicInteger();
    volatile String keyId = "key-1";
    volatile String healthz = "ok";
    private Server server;

    public StandInPlugin(Path socket) throws IOException {
        this.socket = socket;
        this.server = serve();
    }

    private Server serve() throws IOException {
        Files.deleteIfExists(socket);
        return NettyServerBuilder.forAddress(UnixDomainSocketAddress.of(socket))
                .bossEventLoopGroup(group)
                .workerEventLoopGroup(group)
                .channelType(NioServerDomainSocketChannel.class)
                .directExecutor()
                .addService(
                        ServerServiceDefinition.builder("v2.KeyManagementService")
                                .addMethod(method("Status"), answering(_ -> status()))
                                .addMethod(method("Encrypt"), answering(this::encrypt))
                                .addMethod(method("Decrypt"), answering(this::decrypt))
                                .build())
                .build()
                .start();
    }

    public void goAway() throws InterruptedException {
        server.shutdownNow().awaitTermination();
        // Netty takes the socket away after that, and must not take the next one.
        Patience.await().until(() -> Files.notExists(socket));
    }

    public void comeBack() throws IOException {
        server = serve();
    }

    @Override
    public void close() {
        server.shutdownNow();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    private UnknownFieldSet status() {
        return UnknownFieldSet.newBuilder()
                .addField(1, text("v2"))
                .addField(2, text(healthz))
                .addField(3, text(keyId))
                .build();
    }

    private UnknownFieldSet encrypt(UnknownFieldSet request) throws GeneralSecurityException {
        byte[] nonce = AesGcm.random(12);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, keyId, nonce, bytes(request, 1));
        UnknownFieldSet annotation =
                UnknownFieldSet.newBuilder()
                        .addField(1, text(ANNOTATION))
                        .addField(2, text("1"))
                        .build();
        return UnknownFieldSet.newBuilder()
                .addField(
                        1,
                        field(
                                ByteBuffer.allocate(12 + sealed.length)
                                        .put(nonce)
                                        .put(sealed)
                                        .array()))
                .addField(2, text(keyId))
                .addField(3, field(annotation.toByteArray()))
                .build();
    }

    private UnknownFieldSet decrypt(UnknownFieldSet request)
            throws GeneralSecurityException, IOException {
        unwrapped.incrementAndGet();
        UnknownFieldSet annotation = UnknownFieldSet.parseFrom(bytes(request, 4));
        if (!new String(bytes(annotation, 1), java.nio.charset.StandardCharsets.UTF_8)
                .equals(ANNOTATION)) {
            throw new IOException("the annotation is lost");
        }
        byte[] wrapped = bytes(request, 1);
        String named = request.getField(3).getLengthDelimitedList().getFirst().toStringUtf8();
        byte[] open =
                crypt(
                        Cipher.DECRYPT_MODE,
                        named,
                        Arrays.copyOf(wrapped, 12),
                        Arrays.copyOfRange(wrapped, 12, wrapped.length));
        return UnknownFieldSet.newBuilder().addField(1, field(open)).build();
    }

    private synchronized byte[] crypt(int mode, String id, byte[] nonce, byte[] text)
            throws GeneralSecurityException {
        SecretKey key = keys.computeIfAbsent(id, _ -> new SecretKeySpec(AesGcm.random(32), "AES"));
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(128, nonce));
        return cipher.doFinal(text);
    }

    private static Field text(String text) {
        return Field.newBuilder().addLengthDelimited(ByteString.copyFromUtf8(text)).build();
    }

    private static Field field(byte[] bytes) {
        return Field.newBuilder().addLengthDelimited(ByteString.copyFrom(bytes)).build();
    }

    private static byte[] bytes(UnknownFieldSet message, int number) {
        return message.getField(number).getLengthDelimitedList().getFirst().toByteArray();
    }

    /** What is answered to a message. */
    private interface Answer {
        UnknownFieldSet to(UnknownFieldSet request) throws GeneralSecurityException, IOException;
    }

    private static io.grpc.ServerCallHandler<byte[], byte[]> answering(Answer answer) {
        return ServerCalls.asyncUnaryCall(
                (request, replies) -> {
                    try {
                        replies.onNext(answer.to(UnknownFieldSet.parseFrom(request)).toByteArray());
                        replies.onCompleted();
                    } catch (GeneralSecurityException | IOException refused) {
                        replies.onError(
                                Status.INVALID_ARGUMENT
                                        .withDescription(refused.getMessage())
                                        .asRuntimeException());
                    }
                });
    }

    private static MethodDescriptor<byte[], byte[]> method(String name) {
        var bytes =
                new MethodDescriptor.Marshaller<byte[]>() {
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
                };
        return MethodDescriptor.newBuilder(bytes, bytes)
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName("v2.KeyManagementService/" + name)
                .build();
    }
}
