package dev.gantry.state.shell.api;

import static dev.gantry.state.shell.api.WebhookWorld.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.state.shell.catalog.Dependencies;
import dev.gantry.state.shell.catalog.Instances;
import dev.gantry.state.shell.policy.PolicyStatuses;
import dev.gantry.testkit.Patience;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Words are those of a real API server. Single quotes in bodies stand for double ones. */
@Timeout(120)
class PolicyStatusesTest {
    private static final String POLICIES =
            "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies";

    private final TestApi api = new TestApi();
    private PolicyStatuses statuses;

    @BeforeEach
    void start() {
        statuses =
                new PolicyStatuses(
                                new Dependencies(
                                        api.log,
                                        api.catalog,
                                        new Instances(api.backend),
                                        _ -> true))
                        .start();
    }

    @AfterEach
    void stop() {
        statuses.close();
    }

    @Test
    void tellsOfAFieldThatObjectsDoNotHave() throws InterruptedException {
        create(
                "'resourceRules':[{'apiGroups':['apps'],'apiVersions':['v1'],"
                        + "'operations':['CREATE'],'resources':['deployments']}]",
                "{'expression':'object.spec.replicas > 1'},"
                        + "{'expression':'object.spec.replicsa > 1',"
                        + "'messageExpression':'string(object.metadata.nam)'}");
        JsonNode status = awaitStatus();
        assertThat(status.path("observedGeneration").asLong()).isEqualTo(1);
        JsonNode warnings = status.at("/typeChecking/expressionWarnings");
        assertThat(warnings.size()).isEqualTo(2);
        assertThat(warnings.at("/0/fieldRef").asString())
                .isEqualTo("spec.validations[1].expression");
        assertThat(warnings.at("/0/warning").asString())
                .isEqualTo(
                        "apps/v1, Kind=Deployment: ERROR: <input>:1:12: undefined field"
                                + " 'replicsa'\n"
                                + " | object.spec.replicsa > 1\n"
                                + " | ...........^\n");
        assertThat(warnings.at("/1/fieldRef").asString())
                .isEqualTo("spec.validations[1].messageExpression");
        assertThat(warnings.at("/1/warning").asString())
                .contains("<input>:1:23: undefined field 'nam'");
    }

    @Test
    void tellsOfEachKindThatIsMeant() throws InterruptedException {
        create(
                "'resourceRules':[{'apiGroups':['','apps'],'apiVersions':['v1'],"
                        + "'operations':['*'],'resources':['replicasets','pods','pods/status']}]",
                "{'expression':'object.spec.replicas > 1'}");
        assertThat(awaitStatus().at("/typeChecking/expressionWarnings/0/warning").asString())
                .startsWith("/v1, Kind=Pod: ERROR:")
                .doesNotContain("ReplicaSet");
    }

    @Test
    void saysNothingWhereNothingIsWrongOrAnythingMayBeMeant() throws InterruptedException {
        create(
                "'resourceRules':[{'apiGroups':['*'],'apiVersions':['*'],"
                        + "'operations':['*'],'resources':['*']}]",
                "{'expression':'object.what.ever > 1'}");
        assertThat(awaitStatus().path("typeChecking").toString()).isEqualTo("{}");
    }

    private void create(String constraints, String validations) {
        TestApi.Answer made =
                api.post(
                        POLICIES,
                        json(
                                "{'metadata':{'name':'p'},'spec':{'matchConstraints':{%s},"
                                                .formatted(constraints)
                                        + "'variables':[{'name':'n','expression':'object.metadata.name'}],"
                                        + "'validations':[%s]}}".formatted(validations)));
        assertThat(made.code()).as(made.message()).isEqualTo(201);
    }

    private JsonNode awaitStatus() {
        Patience.await()
                .until(() -> api.get(POLICIES + "/p").at("/status/observedGeneration").isNumber());
        return api.get(POLICIES + "/p").at("/status");
    }
}
