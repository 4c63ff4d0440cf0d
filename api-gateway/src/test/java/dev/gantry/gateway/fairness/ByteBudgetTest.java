package dev.gantry.gateway.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteBudgetTest {
    private final ByteBudget budget = new ByteBudget(100, 40);

    @Test
    void nobodyGetsMoreThanTheirPartButForOneThing() {
        assertThat(budget.take("a", 30)).isTrue();
        assertThat(budget.take("a", 10)).isTrue();
        assertThat(budget.take("a", 1)).isFalse();
        assertThat(budget.take("b", 70)).isTrue();
        assertThat(budget.held()).isEqualTo(110);
        assertThat(budget.take("c", 1)).isFalse();
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        assertThat(budget.take("a", 100)).isTrue();
        assertThat(budget.take("b", 1)).isFalse();
        budget.give("a", 60);
        assertThat(budget.take("b", 1)).isTrue();
        budget.give("a", 40);
        budget.give("b", 1);
        assertThat(budget.held()).isZero();
        assertThat(budget.take("a", 40)).isTrue();
    }

    @Test
    void isTightForAllWhenMostIsTakenAndForOneWhoHoldsMostOfTheirPart() {
        assertThat(budget.take("a", 35)).isTrue();
        assertThat(budget.isTight("a")).isTrue();
        assertThat(budget.isTight("b")).isFalse();
        assertThat(budget.take("b", 50)).isTrue();
        assertThat(budget.isTight("c")).isTrue();
    }
}
