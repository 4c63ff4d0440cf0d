package dev.gantry.testkit;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/**
 * Inputs that nobody means, from one number: samples with bytes changed, lost, doubled and mixed,
 * and with words in the wrong place. Whoever reads them may refuse them, and nothing else.
 */
public final class Fuzz {
    private static final int MOST_CHANGES = 6;
    private static final int MOST_SHOWN = 2_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final long seed;
    private final Random random;
    private final List<byte[]> samples;
    private final List<byte[]> words;

    /**
     * @param words what the format gives a meaning to
     */
    public Fuzz(long seed, List<byte[]> samples, List<byte[]> words) {
        this.seed = seed;
        this.random = new Random(seed);
        this.samples = samples;
        this.words = words;
    }

    /** A use of an input. */
    @FunctionalInterface
    public interface Reading {
        void read(byte[] input) throws Exception;
    }

    /** How much memory reading may take. */
    public record Bound(long perByte, long besides) {}

    /** So many, or just the one in {@code -Dseed}. */
    public static LongStream seeds(int count) {
        return Seeds.first(count);
    }

    /** For choices of the test's own: from the same seed. */
    public Random random() {
        return random;
    }

    /**
     * Reads so many inputs. Whatever is thrown fails, and so does memory above the bound, unless
     * the same takes less a second time: the first had classes to load.
     */
    public void check(int times, Bound bound, Reading reading) {
        for (int i = 0; i < times; i++) {
            byte[] input = next();
            long most = bound.besides() + bound.perByte() * input.length;
            if (taken(input, reading) > most) {
                long taken = taken(input, reading);
                if (taken > most) {
                    throw new AssertionError(
                            "-Dseed=%d: %d bytes of memory for %d: %s"
                                    .formatted(seed, taken, input.length, shown(input)));
                }
            }
        }
    }

    private long taken(byte[] input, Reading reading) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            reading.read(input);
        } catch (Throwable thrown) {
            throw new AssertionError("-Dseed=%d: %s".formatted(seed, shown(input)), thrown);
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    /** One more input. */
    public byte[] next() {
        byte[] input = any(samples);
        int changes = random.nextInt(MOST_CHANGES);
        for (int i = 0; i < changes; i++) {
            input = changed(input);
        }
        return input;
    }

    private byte[] changed(byte[] input) {
        int at = random.nextInt(input.length + 1);
        int end = Math.min(input.length, at + 1 + random.nextInt(1 + random.nextInt(64)));
        byte[] head = Arrays.copyOf(input, at);
        byte[] rest = Arrays.copyOfRange(input, end, input.length);
        byte[] part = Arrays.copyOfRange(input, at, end);
        return switch (random.nextInt(8)) {
            case 0 -> joined(head, rest);
            case 1 -> joined(head, part, part, rest);
            case 2 -> joined(head, any(words), part, rest);
            case 3 -> joined(head, any(words), rest);
            case 4 -> joined(head, slice(any(samples)), rest);
            case 5 -> joined(head, noise(part.length), rest);
            case 6 -> joined(head, flipped(part), rest);
            default -> head;
        };
    }

    private byte[] any(List<byte[]> those) {
        return those.get(random.nextInt(those.size()));
    }

    private byte[] slice(byte[] sample) {
        int from = random.nextInt(sample.length + 1);
        int to = from + random.nextInt(sample.length - from + 1);
        return Arrays.copyOfRange(sample, from, to);
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] flipped(byte[] part) {
        byte[] flipped = part.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private static byte[] joined(byte[]... parts) {
        byte[] whole = new byte[Arrays.stream(parts).mapToInt(each -> each.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }

    /** Both ways, so that it can be read and be repeated. */
    private static String shown(byte[] input) {
        byte[] start = Arrays.copyOf(input, Math.min(input.length, MOST_SHOWN));
        return new String(start, StandardCharsets.UTF_8)
                + "\nhexadecimal: "
                + HexFormat.of().formatHex(start);
    }
}
