package dev.gantry.expression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers are those of Kubernetes for the same expressions. */
final class WorstCaseTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0 | true",
                "2 | device.driver == ''",
                "4 | device.driver == 'dra.example.com'",
                "3 | device.allowMultipleAllocations == true",
                "3 | 'no-such-domain' in device.attributes",
                "4 | device.attributes['dra.example.com'].name",
                "4 | device.attributes['dra.example.com']['name']",
                "15 | cel.bind(dra, device.attributes['dra.example.com'], dra.name)",
                "5 | device.attributes['dra.example.com'].name > 0",
                "5 | device.attributes['dra.example.com'].name == 'fish'",
                "6 | device.attributes['dra.example.com'].name.isGreaterThan(semver('0.0.1'))",
                "6 | device.capacity['dra.example.com'].name.isGreaterThan(quantity('1Ki'))",
                "19 | device.attributes['a'].services.split('example').size() >= 2",
                "18 | device.attributes['dra.example.com'].services.matches('[^a]?sym')",
                "164 | device.attributes.exists_one(x, x == 'dra.example.com')",
                "164 | device.capacity.exists_one(x, x == 'dra.example.com')",
                "133 | device.attributes['dra.example.com'].exists_one(x, x == 'services')",
            })
    void isAsInKubernetes(long cost, String text) {
        assertThat(worst(text)).as(text).isEqualTo(cost);
    }

    @Test
    void oneOfTwoIsAskedForButTheDearerOneCounts() {
        String some = "device.capacity['a'].x.isGreaterThan(quantity('1Ki'))";
        assertThat(worst("'x' in device.capacity['a'] && " + some)).isEqualTo(10);
        assertThat(worst("!('x' in device.capacity['a']) || " + some)).isEqualTo(11);
        assertThat(worst("device.driver == '' ? true : " + some)).isEqualTo(8);
    }

    @Test
    void loopsInLoopsMultiply() {
        String text = "1 < 100";
        for (int i = 0; i < 5; i++) {
            text = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].all(x" + i + ", " + text + ")";
        }
        assertThat(worst(text)).isEqualTo(555_551);
        assertThat(isTooComplex(text)).isFalse();

        text = "[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].all(y, " + text + ")";
        assertThat(worst(text)).isEqualTo(5_555_551);
        assertThat(isTooComplex(text)).isTrue();
    }

    @Test
    void whatHasNoBoundIsTooComplex() {
        assertThat(isTooComplex("device.attributes['a'].x.exists(y, y.exists(z, z == 1))"))
                .isTrue();
        assertThat(isTooComplex("['a', 'b'].join(',') == device.driver")).isTrue();
    }

    @Test
    void textsThatAreMadeGrow() {
        String doubled = "device.driver + device.driver";
        assertThat(worst("(" + doubled + ") == device.driver")).isEqualTo(2 * 2 + 13 + 2 + 7);
        assertThat(worst("device.driver.replace('a', 'bcd').size() > 1")).isEqualTo(2 + 13 + 1 + 1);
    }

    private static boolean isTooComplex(String text) {
        return sound(text).isTooComplex();
    }

    private static long worst(String text) {
        return sound(text).worstCost();
    }

    private static DeviceExpression.Sound sound(String text) {
        return (DeviceExpression.Sound) DeviceExpression.compile(text);
    }
}
