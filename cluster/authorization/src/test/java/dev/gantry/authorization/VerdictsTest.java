package dev.gantry.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.GroupResource;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictsTest {
    private static final Access BIND =
            Access.resource("bind", new GroupResource("g", "roles"), "", "team", "r");
    private static final Access DRIVER =
            Access.resource("update", new GroupResource("d", "claims"), "driver", "", "x\"y");

    @Test
    void whatWasToldIsFoundAgain() {
        Verdicts told =
                Verdicts.of(
                        Verdicts.NONE
                                .with(BIND, new Verdict.Allowed("because"))
                                .with(DRIVER, new Verdict.Denied("never"))
                                .toText());

        assertThat(told.isFinal()).isFalse();
        assertThat(told.find(BIND)).contains(new Verdict.Allowed("because"));
        assertThat(told.find(DRIVER)).contains(new Verdict.NoOpinion("never"));
        assertThat(told.find(BIND.withVerb("escalate"))).isEmpty();
    }

    @Test
    void questionsGoThereAndBack() {
        assertThat(Verdicts.questionsOf(Verdicts.questions(List.of(BIND, DRIVER))))
                .containsExactly(BIND, DRIVER);
    }
}
