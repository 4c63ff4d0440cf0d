package dev.gantry.state.shell.api;

import static dev.gantry.state.shell.api.WebhookWorld.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.authorization.Access;
import dev.gantry.authorization.AskedAccess;
import dev.gantry.authorization.Selection;
import dev.gantry.authorization.Verdict;
import dev.gantry.authorization.Verdicts;
import dev.gantry.model.exchange.ApiCall;
import dev.gantry.model.exchange.ApiReply;
import dev.gantry.model.exchange.Caller;
import dev.gantry.state.shell.api.TestApi.Answer;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Admission policies and bindings of those who may not read the parameters. */
class PolicyAuthorizationTest {
    private static final String GROUP = "/apis/admissionregistration.k8s.io/v1/";
    private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/";
    private static final String MERGE = "application/merge-patch+json";
    private static final Caller JANE = TestApi.caller("jane", "dev", "system:authenticated");

    private TestApi api;

    @BeforeEach
    void start() throws InterruptedException {
        api = TestApi.withNamespace("shop");
    }

    @ParameterizedTest
    @CsvSource({"validating,Validating", "mutating,Mutating"})
    void aPolicyIsWrittenByWhoMayReadAllItsParameters(String sort, String kind) {
        String path = GROUP + sort + "admissionpolicies";
        Answer refused = asJane("POST", path, policy(sort, "v1", "ConfigMap"));

        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.message())
                .isEqualTo(
                        kind
                                + "AdmissionPolicy.admissionregistration.k8s.io \"p\" is invalid:"
                                + " spec.paramKind: Forbidden: user &{jane  [dev"
                                + " system:authenticated] map[]} must have \"get\" permission on"
                                + " all objects of the referenced paramKind (kind=ConfigMap,"
                                + " apiVersion=v1)");
        allow("get", "", "configmaps");
        Answer made = asJane("POST", path, policy(sort, "v1", "ConfigMap"));
        assertThat(made.code()).as(made.message()).isEqualTo(201);
        assertThat(asJane("PATCH", path + "/p", json("{'metadata':{'labels':{'a':'b'}}}")).code())
                .isEqualTo(200);
        Answer other =
                asJane("PATCH", path + "/p", json("{'spec':{'paramKind':{'kind':'Secret'}}}"));
        assertThat(other.code()).isEqualTo(422);
        assertThat(other.message()).contains("(kind=Secret, apiVersion=v1)");
    }

    @Test
    void aKindThatNobodyServesStandsForAllOfItsGroup() {
        String path = GROUP + "validatingadmissionpolicies";
        String policy = policy("validating", "example.com/v1", "Limit");
        assertThat(asJane("POST", path, policy).code()).isEqualTo(422);
        allow("get", "example.com", "limits");
        assertThat(asJane("POST", path, policy).code()).isEqualTo(422);
        allow("get", "example.com", "*");
        assertThat(asJane("POST", path, policy).code()).isEqualTo(201);
    }

    @Test
    void aPolicyIsAskedAboutOnlyWhenItsParametersBecomeOthers() {
        String path = GROUP + "validatingadmissionpolicies";
        api.post(path, policy("validating", "v1", "ConfigMap"));

        String labels = json("{'metadata':{'labels':{'a':'b'}}}");
        assertThat(asJane("PATCH", path + "/p", labels).code()).isEqualTo(200);
        assertThat(asJane("PATCH", path + "/p", json("{'spec':{'paramKind':null}}")).code())
                .isEqualTo(200);
    }

    @Test
    void aBindingIsWrittenByWhoMayReadWhatItNames() {
        api.post(GROUP + "validatingadmissionpolicies", policy("validating", "v1", "ConfigMap"));
        String path = GROUP + "validatingadmissionpolicybindings";
        String binding = binding("'validationActions':['Deny'],", "'name':'x'");
        Answer refused = asJane("POST", path, binding);

        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.message())
                .isEqualTo(
                        "ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io \"b\" is"
                                + " invalid: spec.paramRef: Forbidden: user &{jane  [dev"
                                + " system:authenticated] map[]} does not have \"get\" permission"
                                + " on the object referenced by paramRef");
        allow("get", "", "secrets");
        assertThat(asJane("POST", path, binding).code()).isEqualTo(422);
        allow("get", "", "configmaps");
        assertThat(asJane("POST", path, binding).code()).isEqualTo(201);
        api.delete(RBAC + "clusterrolebindings/get--configmaps");
        assertThat(asJane("PATCH", path + "/b", json("{'metadata':{'labels':{'a':'b'}}}")).code())
                .as("at each update")
                .isEqualTo(422);
        assertThat(asJane("PATCH", path + "/b", json("{'spec':{'paramRef':null}}")).code())
                .isEqualTo(200);
    }

    @Test
    void aBindingThatSelectsIsWrittenByWhoMayListThem() {
        api.post(GROUP + "validatingadmissionpolicies", policy("validating", "v1", "ConfigMap"));
        String path = GROUP + "validatingadmissionpolicybindings";
        String binding =
                binding("'validationActions':['Deny'],", "'selector':{'matchLabels':{'a':'b'}}");
        allow("get", "", "configmaps");
        assertThat(asJane("POST", path, binding).message()).contains("does not have \"list\"");
        allow("list", "", "configmaps");
        assertThat(asJane("POST", path, binding).code()).isEqualTo(201);
    }

    @Test
    void aBindingOfAMutatingPolicyThatSelectsNeedsToListThem() {
        api.post(GROUP + "mutatingadmissionpolicies", policy("mutating", "v1", "ConfigMap"));
        String path = GROUP + "mutatingadmissionpolicybindings";
        String binding = binding("", "'selector':{'matchLabels':{'a':'b'}}");
        allow("get", "", "configmaps");
        Answer refused = asJane("POST", path, binding);

        assertThat(refused.message())
                .endsWith(
                        "user list does not have \"&{jane  [dev system:authenticated] map[]}\""
                                + " permission on the object referenced by paramRef");
        allow("list", "", "configmaps");
        assertThat(asJane("POST", path, binding).code()).isEqualTo(201);
    }

    @Test
    void theAuthorizersOfTheGatewayAreAskedInTheParametersVersion() {
        var asked =
                AskedAccess.ofSender(
                        new Access(
                                "get",
                                true,
                                "apps",
                                "v1",
                                "deployments",
                                "",
                                "*",
                                "*",
                                "",
                                Selection.EVERYTHING));

        ApiReply asking = judged(Verdicts.NONE);
        assertThat(Verdicts.questionsOf(asking.headers().get(ApiReply.ASKED_ACCESS)))
                .containsExactly(asked);
        assertThat(judged(Verdicts.NONE.with(asked, new Verdict.NoOpinion(""))).code())
                .isEqualTo(422);
        assertThat(judged(Verdicts.NONE.with(asked, new Verdict.Allowed(""))).code())
                .isEqualTo(201);
    }

    private ApiReply judged(Verdicts verdicts) {
        return api.raw(
                JANE,
                "POST",
                GROUP + "validatingadmissionpolicies",
                policy("validating", "apps/v1", "Deployment").getBytes(UTF_8),
                Map.of("content-type", "application/json", ApiCall.VERDICTS, verdicts.toText()));
    }

    private Answer asJane(String method, String path, String body) {
        String type = method.equals("PATCH") ? MERGE : "application/json";
        return api.ask(JANE, method, path, body.getBytes(UTF_8), type);
    }

    /** To the group of Jane. */
    private void allow(String verb, String group, String plural) {
        String name = (verb + "-" + group + "-" + plural).replace("*", "all");
        made(
                RBAC + "clusterroles",
                "{'metadata':{'name':'%s'},'rules':[{'verbs':['%s'],'apiGroups':['%s'],'resources':['%s']}]}"
                        .formatted(name, verb, group, plural));
        made(
                RBAC + "clusterrolebindings",
                ("{'metadata':{'name':'%1$s'},'roleRef':{'apiGroup':'rbac.authorization.k8s.io',"
                                + "'kind':'ClusterRole','name':'%1$s'},'subjects':[{'kind':'Group',"
                                + "'apiGroup':'rbac.authorization.k8s.io','name':'dev'}]}")
                        .formatted(name));
    }

    private void made(String path, String body) {
        Answer made = api.post(path, json(body));
        assertThat(made.code()).as(made.message()).isEqualTo(201);
    }

    private static String policy(String sort, String apiVersion, String kind) {
        String rules =
                sort.equals("validating")
                        ? "'validations':[{'expression':'true'}]"
                        : "'reinvocationPolicy':'Never','mutations':[{'patchType':'JSONPatch','jsonPatch':{'expression':'[JSONPatch{op: \\\"remove\\\", path: \\\"/a\\\"}]'}}]";
        return json(
                ("{'metadata':{'name':'p'},'spec':{'paramKind':{'apiVersion':'%s','kind':'%s'},"
                                + "'matchConstraints':{'resourceRules':[{'operations':['CREATE'],"
                                + "'apiGroups':[''],'apiVersions':['v1'],'resources':['pods']}]},%s}}")
                        .formatted(apiVersion, kind, rules));
    }

    private static String binding(String actions, String reference) {
        return json(
                "{'metadata':{'name':'b'},'spec':{'policyName':'p',%s'paramRef':{%s,'namespace':'shop','parameterNotFoundAction':'Deny'}}}"
                        .formatted(actions, reference));
    }
}
