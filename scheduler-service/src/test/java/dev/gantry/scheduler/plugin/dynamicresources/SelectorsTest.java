package dev.gantry.scheduler.plugin.dynamicresources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.scheduler.snapshot.Sample;
import dev.gantry.scheduler.snapshot.device.Device;
import dev.gantry.scheduler.snapshot.device.DeviceSlice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorsTest {
    private static final Selectors SELECTORS = new Selectors();
    private static final Device DEVICE =
            DeviceSlice.of(
                            Sample.object(
                                    """
                                    {'metadata':{'name':'s'},'spec':{'driver':'gpu.example.com',
                                     'pool':{'name':'p'},'devices':[{'name':'d0',
                                      'attributes':{'model':{'string':'A100'},'index':{'int':3},
                                        'healthy':{'bool':true},'driverVersion':{'version':'1.4.2'},
                                        'rack.example.com/name':{'string':'r7'}},
                                      'capacity':{'memory':{'value':'40Gi'}}}]}}
                                    """))
                    .devices()
                    .getFirst();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "device.driver == 'gpu.example.com' | true",
                "device.attributes['gpu.example.com'].model == 'A100' | true",
                "device.attributes['gpu.example.com'].model.startsWith('B') | false",
                "device.attributes['gpu.example.com'].index >= 3 | true",
                "device.attributes['gpu.example.com'].healthy | true",
                "device.attributes['rack.example.com'].name == 'r7' | true",
                "has(device.attributes['other.example.com'].x) | false",
                "has(device.attributes['gpu.example.com'].model) | true",
                "device.capacity['gpu.example.com'].memory.isGreaterThan(quantity('20Gi')) | true",
                "device.capacity['gpu.example.com'].memory.compareTo(quantity('40Gi')) == 0 | true",
                "device.capacity['gpu.example.com'].memory == quantity('40Gi') | true",
                "device.attributes['gpu.example.com'].driverVersion.isLessThan(semver('1.10.0'))"
                        + " | true",
                "device.attributes['gpu.example.com'].driverVersion.major() == 1 | true",
                "cel.bind(a, device.attributes['gpu.example.com'], a.healthy && a.index == 3) | true",
                "device.attributes['gpu.example.com'].exists(k, k == 'model') | true",
                "device.attributes['gpu.example.com'].model in ['A100', 'H100'] | true",
                "device.allowMultipleAllocations | false"
            })
    void asksTheDevice(String expression, boolean holds) {
        assertThat(SELECTORS.ask(expression, DEVICE)).isEqualTo(new Selectors.Answer.Known(holds));
    }

    @Test
    void anExpressionThatReadsWhatIsNotThereFails() {
        assertThat(SELECTORS.ask("device.attributes['gpu.example.com'].nope == 1", DEVICE))
                .isEqualTo(new Selectors.Answer.Failed("CEL runtime error: no such key: nope"));
    }

    @Test
    void anExpressionThatIsNoneFailsToCompile() {
        assertThat(failure("device.attributes["))
                .startsWith("CEL compile error: compilation failed");
        assertThat(failure("device.colour == 'red'"))
                .startsWith("CEL compile error: compilation failed")
                .contains("undefined field 'colour'");
        assertThat(failure("'text'")).contains("must evaluate to bool");
        assertThat(failure("device.attributes['gpu.example.com'].model"))
                .startsWith("CEL runtime error:");
    }

    @Test
    void anExpressionDoesNotRunForEver() {
        String numbers = "[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16]";
        String endless = numbers + ".all(a, X.all(b, X.all(c, X.all(d, X.all(e, a+b+c+d+e > 0)))))";

        assertThat(failure(endless.replace("X", numbers))).startsWith("CEL runtime error:");
    }

    @Test
    void anExpressionDoesNotGrowForEver() {
        String tooHigh = "CEL runtime error: operation cancelled: actual cost limit exceeded";
        String doubled = "size(X) > 0";
        for (int i = 0; i < 30; i++) {
            doubled = doubled.replace("X", "cel.bind(a%d, X, a%d + a%d)".formatted(i, i, i));
        }
        assertThat(failure(doubled.replace("X", "device.driver"))).isEqualTo(tooHigh);
        assertThat(failure(doubled.replace("X", "[1]"))).isEqualTo(tooHigh);
        String multiplied = "size(X) > 0";
        for (int i = 0; i < 6; i++) {
            multiplied =
                    multiplied.replace(
                            "X", "cel.bind(a%d, X, a%d.replace('e', a%d))".formatted(i, i, i));
        }
        assertThat(failure(multiplied.replace("X", "device.driver"))).isEqualTo(tooHigh);
        assertThat(failure(doubled.replace("X", "device.driver") + " || 1 / 0 == 1"))
                .as("whatever else it says")
                .isEqualTo(tooHigh);
    }

    private static String failure(String expression) {
        return ((Selectors.Answer.Failed) SELECTORS.ask(expression, DEVICE)).why();
    }
}
