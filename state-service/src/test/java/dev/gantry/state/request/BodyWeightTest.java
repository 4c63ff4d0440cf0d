package dev.gantry.state.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.Caller;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BodyWeightTest {
    @Test
    void weighsWhatABodyMayBecome() {
        assertThat(weight("application/json", "{\"a\":[1,2,{\"b\":3}]}")).isBetween(5, 20);
        assertThat(weight("application/yaml", "- a\n- b\n- c\n")).isBetween(3, 10);
        assertThat(weight("application/yaml", "a: &a [1]\nb: [*a, *a]")).isEqualTo(100_000);
        assertThat(weight("application/vnd.kubernetes.protobuf", "x".repeat(5_000)))
                .isEqualTo(2_500);
        assertThat(weight("application/json", ",".repeat(1_000_000))).isEqualTo(100_000);
    }

    private static int weight(String type, String body) {
        return BodyWeight.of(call(type, body));
    }

    private static ApiCall call(String type, String body) {
        var headers = new TreeMap<>(Map.of("content-type", type));
        return new ApiCall("POST", "/", "", headers, body.getBytes(UTF_8), Caller.system("x"));
    }
}
