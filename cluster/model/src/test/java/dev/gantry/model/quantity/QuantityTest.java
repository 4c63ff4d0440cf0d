package dev.gantry.model.quantity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.quantity.Quantity.Format;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read and written is what upstream's own tests of {@code resource.Quantity} expect. */
class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "0Ki, 0, BINARY_SI",
        "8Ki, 8192, BINARY_SI",
        "3Ei, 3458764513820540928, BINARY_SI",
        "5n, 0.000000005, DECIMAL_SI",
        "4u, 0.000004, DECIMAL_SI",
        "50k, 50000, DECIMAL_SI",
        "12E, 12000000000000000000, DECIMAL_SI",
        "1E-3, 0.001, DECIMAL_EXPONENT",
        "1.3E+6, 1300000, DECIMAL_EXPONENT",
        "100.035k, 100035, DECIMAL_SI",
        "100.035Ki, 102435.84, BINARY_SI",
        "0.05Gi, 53687091.2, BINARY_SI",
        ".0001k, 0.1, DECIMAL_SI",
        "1.G, 1000000000, DECIMAL_SI"
    })
    void reads(String text, BigDecimal value, Format format) {
        for (int sign : new int[] {1, -1}) {
            Quantity found = Quantity.parse(sign < 0 ? "-" + text : text).orElseThrow();
            assertThat(found.value())
                    .isEqualByComparingTo(value.multiply(BigDecimal.valueOf(sign)));
            assertThat(found.format()).isEqualTo(format);
        }
        assertThat(Quantity.parse("+" + text)).isEqualTo(Quantity.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "3.001n, 4n, DECIMAL_SI",
        "1.1E-9, 2e-9, DECIMAL_EXPONENT",
        "0.0000000001, 1n, DECIMAL_SI",
        "0.00000012345, 124n, DECIMAL_SI",
        "9Ei, 9223372036854775807, BINARY_SI",
        "9223372036854775807Ki, 9223372036854775807, BINARY_SI",
        "0.000000000001Ki, 2n, DECIMAL_SI"
    })
    void roundsAwayFromZeroAndEndsBinaryAmountsAtTheLargestLong(
            String text, String canonical, Format format) {
        Quantity found = Quantity.parse(text).orElseThrow();
        assertThat(found.toString()).isEqualTo(canonical);
        assertThat(found.format()).isEqualTo(format);
        assertThat(Quantity.parse("-" + text).orElseThrow()).hasToString("-" + canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "1024Mi, 1Gi",
        "307200Ki, 300Mi",
        "1025024Mi, 1001Gi",
        "1025Ki, 1025Ki",
        "5000m, 5",
        "0.5, 500m",
        "1000M, 1G",
        "0.001T, 1G",
        "1000u, 1m",
        "1.08, 1080m",
        "1080000000n, 1080m",
        "1234567M, 1234567M",
        ".001e12, 1e9",
        "0.001e0, 1e-3",
        "80e-3, 80e-3",
        "1e21, 1e21",
        "10e69, 10e69",
        "00, 0",
        "0Mi, 0",
        ".001Ki, 1024m",
        ".000000001Ki, 1024n"
    })
    void writesTheCanonicalForm(String text, String canonical) {
        assertThat(Quantity.parse(text).orElseThrow()).hasToString(canonical);
        assertThat(Quantity.parse(canonical).orElseThrow()).hasToString(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.1.M",
                "1+1.0M",
                "0.1mi",
                "0.1am",
                "aoeu",
                ".5i",
                "1i",
                "-3.01i",
                "-3.01e-",
                "1e4294967297",
                " 1",
                "1 "
            })
    void refusesWhatIsNone(String text) {
        assertThat(Quantity.parse(text)).isEmpty();
    }

    @Test
    void refusesMoreDigitsThanAnyoneWouldWrite() {
        assertThat(Quantity.parse("9".repeat(1000))).isPresent();
        assertThat(Quantity.parse("9".repeat(1001))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "100m, 50m, 1", "50m, 100m, -1", "10000T, 100Gi, 1", "1Ki, 1024, 0"})
    void compares(String one, String other, int expected) {
        assertThat(of(one).compareTo(of(other))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"100m", "1Gi"})
    void addingToZeroKeepsTheSuffix(String text) {
        assertThat(of(text).plus(of("0"))).hasToString(text);
        assertThat(of("0").plus(of(text))).hasToString(text);
        assertThat(of("0").minus(of(text))).hasToString("-" + text);
        assertThat(of(text).minus(of(text))).hasToString("0");
    }

    @ParameterizedTest
    @CsvSource({
        "9.01, 9010, 10",
        "-9.01, -9010, -10",
        "1n, 1, 1",
        "12E, 9223372036854775807, 9223372036854775807",
        "-12E, -9223372036854775808, -9223372036854775808"
    })
    void becomesANumberRoundedUpAndNoLargerThanALong(String text, long milli, long whole) {
        assertThat(of(text).toMilli()).isEqualTo(milli);
        assertThat(of(text).toLong()).isEqualTo(whole);
    }

    private static Quantity of(String text) {
        return Quantity.parse(text).orElseThrow();
    }
}
