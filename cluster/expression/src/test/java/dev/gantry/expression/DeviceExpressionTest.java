package dev.gantry.expression;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeviceExpressionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "device.driver == 'gpu.example.com'",
                "device.attributes['gpu.example.com'].model",
                "device.capacity['gpu.example.com'].memory.isGreaterThan(quantity('20Gi'))",
                "device.attributes['gpu.example.com'].version.isLessThan(semver('1.10.0'))",
            })
    void compiles(String text) {
        assertThat(DeviceExpression.compile(text)).isInstanceOf(DeviceExpression.Sound.class);
    }

    @Test
    void saysWhereAnExpressionIsWrong() {
        assertThat(wrong("device.colour == 'red'"))
                .isEqualTo(
                        """
                        compilation failed: ERROR: <input>:1:7: undefined field 'colour'
                         | device.colour == 'red'
                         | ......^""");
        assertThat(wrong("device.attributes["))
                .startsWith("compilation failed: ERROR: <input>:1:19: ");
    }

    @Test
    void anExpressionMustSayYesOrNo() {
        assertThat(wrong("1")).isEqualTo("must evaluate to bool or the unknown type, not int");
        assertThat(wrong("'text'"))
                .isEqualTo("must evaluate to bool or the unknown type, not string");
    }

    private static String wrong(String text) {
        return ((DeviceExpression.Wrong) DeviceExpression.compile(text)).why();
    }
}
