package dev.gantry.cli.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BisectionTest {
    @Test
    void findsTheMostThatWillDo() {
        for (long end = 0; end < 17; end++) {
            long most = end;
            assertThat(Bisection.most(0, 17, each -> each <= most)).isEqualTo(end);
        }
    }

    @Test
    void findsTheLeastThatWillDo() {
        for (long begin = 2; begin <= 17; begin++) {
            long least = begin;
            assertThat(Bisection.least(1, 17, each -> each >= least)).isEqualTo(begin);
        }
    }

    @Test
    void asksNothingWhereNothingIsLeftToAsk() {
        assertThat(
                        Bisection.most(
                                3,
                                4,
                                _ -> {
                                    throw new AssertionError("asked");
                                }))
                .isEqualTo(3);
    }
}
