package dev.gantry.agent.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariableExpansionTest {
    private static final Map<String, String> VARIABLES = Map.of("A", "1", "B", "2", "EMPTY", "");

    @ParameterizedTest
    @CsvSource({
        "$(A), 1",
        "x$(A)y$(B)z, x1y2z",
        "$(NONE), $(NONE)",
        "$$(A), $(A)",
        "$$$(A), $1",
        "$$$$(A), $$(A)",
        "$(A, $(A",
        "$A, $A",
        "a$, a$",
        "$(EMPTY)x, x",
        "$()x, $()x"
    })
    void expandsAsKubernetesDoes(String text, String expected) {
        assertThat(VariableExpansion.expand(text, VARIABLES)).isEqualTo(expected);
    }
}
