package dev.gantry.agent.shell.cri;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.gantry.agent.shell.cri.v1.Cri;
import dev.gantry.testkit.Fuzz;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a runtime answers is no message, or is read. */
@Timeout(120)
final class CriFuzzTest {
    private static final int TIMES = 500;
    private static final int MOST_DEPTH = 5;
    private static final Fuzz.Bound BOUND = new Fuzz.Bound(500, 2 << 20);
    private static final List<Answer<?>> ANSWERS =
            List.of(
                    new Answer<>(Cri.StatusResponse.getDefaultInstance(), CriReading::status),
                    new Answer<>(Cri.PodSandbox.getDefaultInstance(), CriReading::sandbox),
                    new Answer<>(Cri.PodSandboxStatus.getDefaultInstance(), CriReading::sandbox),
                    new Answer<>(Cri.Container.getDefaultInstance(), CriReading::entry),
                    new Answer<>(Cri.ContainerStatus.getDefaultInstance(), CriReading::status),
                    new Answer<>(Cri.Image.getDefaultInstance(), CriReading::image),
                    new Answer<>(
                            Cri.ImageFsInfoResponse.getDefaultInstance(),
                            CriReading::imageFilesystem),
                    new Answer<>(
                            Cri.ContainerStats.getDefaultInstance(), CriReading::containerStats),
                    new Answer<>(
                            Cri.PodSandboxStats.getDefaultInstance(), CriReading::sandboxStats),
                    new Answer<>(
                            Cri.ContainerEventResponse.getDefaultInstance(), CriReading::event));

    /** A message, and what is made of it. */
    private record Answer<M extends Message>(M sample, Function<M, Object> reading) {
        @SuppressWarnings("unchecked")
        void read(byte[] bytes) {
            try {
                M message = ((Parser<M>) sample.getParserForType()).parseFrom(bytes);
                assertThat(reading.apply(message)).isNotNull();
            } catch (InvalidProtocolBufferException noMessage) {
                // What gRPC makes a fault of.
                assertThat(noMessage).hasMessageContaining(" ");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void answersAreReadOrAreNone(long seed) {
        for (Answer<?> each : ANSWERS) {
            var random = new Random(seed);
            List<byte[]> samples = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                samples.add(filled(each.sample(), random, 0).toByteArray());
            }
            new Fuzz(seed, samples, samples).check(TIMES, BOUND, each::read);
        }
    }

    static LongStream seeds() {
        return Fuzz.seeds(3);
    }

    private static Message filled(Message sample, Random random, int depth) {
        Message.Builder builder = sample.newBuilderForType();
        for (FieldDescriptor field : sample.getDescriptorForType().getFields()) {
            boolean isMessage = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
            if (random.nextInt(4) == 0 || isMessage && depth == MOST_DEPTH) {
                continue;
            }
            if (field.isRepeated()) {
                for (int i = random.nextInt(3); i > 0; i--) {
                    builder.addRepeatedField(field, value(builder, field, random, depth));
                }
            } else {
                builder.setField(field, value(builder, field, random, depth));
            }
        }
        return builder.build();
    }

    private static Object value(
            Message.Builder builder, FieldDescriptor field, Random random, int depth) {
        return switch (field.getJavaType()) {
            case INT -> random.nextInt();
            case LONG -> random.nextLong();
            case FLOAT -> random.nextFloat();
            case DOUBLE -> random.nextDouble();
            case BOOLEAN -> random.nextBoolean();
            case STRING ->
                    List.of("", "a", "/x/../y", "\u0000", "\ud83d\ude00").get(random.nextInt(5));
            case BYTE_STRING -> ByteString.copyFromUtf8("bytes");
            case ENUM ->
                    field.getEnumType().findValueByNumberCreatingIfUnknown(random.nextInt(6) - 1);
            case MESSAGE ->
                    filled(
                            builder.newBuilderForField(field).getDefaultInstanceForType(),
                            random,
                            depth + 1);
        };
    }
}
