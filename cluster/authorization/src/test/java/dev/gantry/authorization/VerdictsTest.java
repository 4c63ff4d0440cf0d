package dev.gantry.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.selector.FieldSelector;
import dev.gantry.model.selector.LabelQuery;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class VerdictsTest {
    private static final AskedAccess BIND =
            AskedAccess.ofSender(
                    Access.resource("bind", new GroupResource("g", "roles"), "", "team", "r"));
    private static final AskedAccess DRIVER =
            AskedAccess.ofSender(
                    Access.resource(
                            "update", new GroupResource("d", "claims"), "driver", "", "x\"y"));
    private static final AskedAccess SOME =
            AskedAccess.ofSender(
                    Access.resource(
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("verb", "list")
                                    .put("version", "*")
                                    .put("resource", "pods"),
                            new Selection(
                                    FieldSelector.parse("spec.nodeName=n1,status.phase!=Failed"),
                                    LabelQuery.parse("app in (a,b),!old,size>3"))));
    private static final Caller SENDER =
            new Caller("jane", "", List.of("system:authenticated"), new TreeMap<>());
    private static final AskedAccess METRICS =
            AskedAccess.of(
                    AskedAccess.account("team", "robot"), SENDER, Access.path("get", "/metrics"));

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
        assertThat(told.find(AskedAccess.ofSender(BIND.access().withVerb("escalate")))).isEmpty();
    }

    @Test
    void questionsGoThereAndBack() {
        assertThat(Verdicts.questionsOf(Verdicts.questions(List.of(BIND, METRICS, SOME))))
                .containsExactly(BIND, METRICS, SOME);
    }

    @Test
    void theRightOfAServiceAccountIsAskedInItsName() {
        assertThat(BIND.caller(SENDER)).isEqualTo(SENDER);
        assertThat(METRICS.caller(SENDER).user()).isEqualTo("system:serviceaccount:team:robot");
        assertThat(METRICS.caller(SENDER).groups())
                .containsExactly(
                        "system:serviceaccounts",
                        "system:serviceaccounts:team",
                        "system:authenticated");
    }
}
