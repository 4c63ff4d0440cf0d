package dev.gantry.model.taint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TolerationTest {
    private static final Taint TAINT = new Taint("slots", "5", Taint.NO_EXECUTE);

    @ParameterizedTest
    @CsvSource({
        // key, operator, value, effect, whether it tolerates slots=5:NoExecute
        "slots, Equal, 5, NoExecute, true",
        "slots, '', 5, '', true",
        "slots, Equal, 6, '', false",
        "slots, Exists, '', NoSchedule, false",
        "other, Exists, '', '', false",
        "'', Exists, '', '', true",
        "slots, Lt, 6, '', true",
        "slots, Lt, 5, '', false",
        "slots, Gt, 4, '', true",
        "slots, Gt, 5, '', false",
        "slots, Gt, many, '', false",
        "slots, Near, 5, '', false",
    })
    void aTolerationIsMeantForSomeTaints(
            String key, String operator, String value, String effect, boolean isTolerated) {
        assertThat(new Toleration(key, operator, value, effect).tolerates(TAINT))
                .isEqualTo(isTolerated);
    }

    @ParameterizedTest
    @CsvSource({"NoSchedule, true", "NoExecute, true", "PreferNoSchedule, false", "None, false"})
    void someEffectsForbid(String effect, boolean isForbidding) {
        assertThat(new Taint("a", "", effect).isForbidding()).isEqualTo(isForbidding);
    }
}
