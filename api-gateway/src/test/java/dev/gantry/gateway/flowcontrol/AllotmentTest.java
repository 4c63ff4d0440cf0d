package dev.gantry.gateway.flowcontrol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AllotmentTest {
    private final Allotment allotment = new Allotment(100, 40);

    @Test
    void nobodyGetsMoreThanTheirPartButForOneThing() {
        assertThat(allotment.take("a", 30)).isTrue();
        assertThat(allotment.take("a", 10)).isTrue();
        assertThat(allotment.take("a", 1)).isFalse();
        assertThat(allotment.take("b", 70)).isTrue();
        assertThat(allotment.held()).isEqualTo(110);
        assertThat(allotment.take("c", 1)).isFalse();
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        assertThat(allotment.take("a", 100)).isTrue();
        assertThat(allotment.take("b", 1)).isFalse();
        allotment.give("a", 60);
        assertThat(allotment.take("b", 1)).isTrue();
        allotment.give("a", 40);
        allotment.give("b", 1);
        assertThat(allotment.held()).isZero();
        assertThat(allotment.take("a", 40)).isTrue();
    }

    @Test
    void isTightForAllWhenMostIsTakenAndForOneWhoHoldsMostOfTheirPart() {
        assertThat(allotment.take("a", 35)).isTrue();
        assertThat(allotment.isTight("a")).isTrue();
        assertThat(allotment.isTight("b")).isFalse();
        assertThat(allotment.take("b", 50)).isTrue();
        assertThat(allotment.isTight("c")).isTrue();
    }
}
