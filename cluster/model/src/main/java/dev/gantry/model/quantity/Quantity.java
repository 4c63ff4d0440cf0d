package dev.gantry.model.quantity;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An amount of a resource such as {@code 100m}, {@code 1.5Gi} or {@code 2e3}, exact.
 *
 * <p>Compat: the grammar and the canonical form are those of apimachinery's {@code
 * resource.Quantity}: the canonical form keeps the family of suffixes, has no fraction digits, and
 * uses the largest suffix that allows this.
 */
public record Quantity(BigDecimal value, Format format) implements Comparable<Quantity> {
    /** The family of suffixes that the text used. */
    public enum Format {
        DECIMAL_SI,
        BINARY_SI,
        DECIMAL_EXPONENT
    }

    private static final Pattern SHAPE =
            Pattern.compile(
                    "([+-]?(?:\\d+\\.?\\d*|\\.\\d+))(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE]|[eE][+-]?\\d{1,2})?");
    private static final BigDecimal LARGEST_BINARY = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final String[] BINARY = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};
    private static final Map<String, Integer> DECIMAL_EXPONENTS =
            Map.of(
                    "n", -9, "u", -6, "m", -3, "", 0, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E",
                    18);
    private static final String[] DECIMAL = {"n", "u", "m", "", "k", "M", "G", "T", "P", "E"};

    /**
     * Cost: most pods ask for one of a few amounts, and reading one takes some twenty times as long
     * as finding it here. What nobody would write by hand is not kept.
     *
     * <p>Invariant: threads may race for a place, and whatever they find there is whole, since the
     * fields of a record are final.
     */
    private static final @Nullable Recent[] RECENT = new Recent[256];

    private static final int LONGEST_RECENT = 32;

    /** Cost: reading digits takes the square of their number. */
    private static final int LONGEST = 1000;

    private record Recent(String text, Optional<Quantity> quantity) {}

    public static final Quantity ZERO = new Quantity(BigDecimal.ZERO, Format.DECIMAL_SI);

    /** Empty where the text is no quantity. Finer than a nano is rounded up, as upstream does. */
    public static Optional<Quantity> parse(String text) {
        int slot = text.hashCode() & (RECENT.length - 1);
        Recent recent = RECENT[slot];
        if (recent != null && recent.text.equals(text)) {
            return recent.quantity;
        }
        Optional<Quantity> quantity = read(text);
        if (text.length() <= LONGEST_RECENT) {
            RECENT[slot] = new Recent(text, quantity);
        }
        return quantity;
    }

    private static Optional<Quantity> read(String text) {
        Matcher shape = SHAPE.matcher(text);
        if (text.isEmpty() || text.length() > LONGEST || !shape.matches()) {
            return Optional.empty();
        }
        BigDecimal number = new BigDecimal(shape.group(1));
        String suffix = shape.group(2) == null ? "" : shape.group(2);
        if (suffix.length() == 2 && suffix.endsWith("i")) {
            int power = Arrays.asList(BINARY).indexOf(suffix);
            var factor = new BigDecimal(BigInteger.TWO.pow(10 * power));
            return Optional.of(binary(rounded(number.multiply(factor), Format.BINARY_SI)));
        }
        Integer exponent = DECIMAL_EXPONENTS.get(suffix);
        if (exponent != null) {
            return Optional.of(rounded(number.scaleByPowerOfTen(exponent), Format.DECIMAL_SI));
        }
        int written = Integer.parseInt(suffix.substring(1));
        return Optional.of(rounded(number.scaleByPowerOfTen(written), Format.DECIMAL_EXPONENT));
    }

    public static Quantity ofMilli(long milli) {
        return new Quantity(BigDecimal.valueOf(milli, 3), Format.DECIMAL_SI);
    }

    public static Quantity ofBytes(long bytes) {
        return new Quantity(BigDecimal.valueOf(bytes), Format.BINARY_SI);
    }

    /** Thousandths, rounded up; saturates at the ends of long. */
    public long toMilli() {
        return saturated(value.scaleByPowerOfTen(3));
    }

    /** Whole units, rounded up; saturates at the ends of long. */
    public long toLong() {
        return saturated(value);
    }

    public Quantity plus(Quantity other) {
        Format kept = value.signum() == 0 ? other.format : format;
        return new Quantity(value.add(other.value), kept);
    }

    public Quantity minus(Quantity other) {
        Format kept = value.signum() == 0 ? other.format : format;
        return new Quantity(value.subtract(other.value), kept);
    }

    public int signum() {
        return value.signum();
    }

    @Override
    public int compareTo(Quantity other) {
        return value.compareTo(other.value);
    }

    /** The canonical form. */
    @Override
    public String toString() {
        if (value.signum() == 0) {
            return "0";
        }
        boolean binary =
                format == Format.BINARY_SI
                        && value.abs().compareTo(BigDecimal.valueOf(1024)) >= 0
                        && value.stripTrailingZeros().scale() <= 0;
        return binary ? binaryText() : decimalText();
    }

    private String binaryText() {
        BigInteger whole = value.toBigIntegerExact();
        int power = 0;
        while (power < BINARY.length - 1 && whole.getLowestSetBit() >= 10) {
            whole = whole.shiftRight(10);
            power++;
        }
        return whole + BINARY[power];
    }

    private String decimalText() {
        BigDecimal bare = value.stripTrailingZeros();
        int largest = format == Format.DECIMAL_EXPONENT ? Integer.MAX_VALUE : 18;
        int exponent = Math.clamp(Math.floorDiv(-bare.scale(), 3) * 3, -9, largest);
        String number = bare.scaleByPowerOfTen(-exponent).toBigInteger().toString();
        if (format == Format.DECIMAL_EXPONENT) {
            return exponent == 0 ? number : number + "e" + exponent;
        }
        return number + DECIMAL[(exponent + 9) / 3];
    }

    /** Compat: binary amounts end at the largest long, and below one they are decimal. */
    private static Quantity binary(Quantity read) {
        BigDecimal size = read.value.abs();
        if (size.compareTo(LARGEST_BINARY) > 0) {
            return new Quantity(
                    LARGEST_BINARY.multiply(BigDecimal.valueOf(read.signum())), Format.BINARY_SI);
        }
        boolean isFraction = read.signum() != 0 && size.compareTo(BigDecimal.ONE) < 0;
        return isFraction ? new Quantity(read.value, Format.DECIMAL_SI) : read;
    }

    private static Quantity rounded(BigDecimal value, Format format) {
        return new Quantity(value.scale() > 9 ? value.setScale(9, RoundingMode.UP) : value, format);
    }

    private static long saturated(BigDecimal value) {
        BigDecimal whole = value.setScale(0, RoundingMode.UP);
        if (whole.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            return Long.MAX_VALUE;
        }
        return whole.compareTo(BigDecimal.valueOf(Long.MIN_VALUE)) < 0
                ? Long.MIN_VALUE
                : whole.longValueExact();
    }
}
