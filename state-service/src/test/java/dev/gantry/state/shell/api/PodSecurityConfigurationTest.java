package dev.gantry.state.shell.api;

import static dev.gantry.state.shell.api.WebhookWorld.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.state.admission.plugin.AdmissionConfiguration;
import dev.gantry.state.shell.api.TestApi.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What holds where namespaces say nothing, and who is exempt. */
class PodSecurityConfigurationTest {
    private static final String BARE = "'containers':[{'name':'c','image':'i'}]";

    @Test
    void namespacesWithoutLabelsAreHeldToTheDefaults() {
        TestApi api = api("'defaults':{'enforce':'restricted','enforce-version':'v1.0'}");
        assertThat(pod(api, "shop", BARE).message())
                .contains("violates PodSecurity \"restricted:v1.0\"");
        api.patch(
                "/api/v1/namespaces/shop",
                "merge-patch+json",
                json(
                        "{'metadata':{'labels':{'pod-security.kubernetes.io/enforce':"
                                + "'privileged'}}}"));
        assertThat(pod(api, "shop", BARE).code()).isEqualTo(201);
    }

    @Test
    void clientsAreWarnedByDefault() {
        TestApi api = api("'defaults':{'warn':'restricted'}");
        Answer made = pod(api, "shop", BARE);
        assertThat(made.code()).isEqualTo(201);
        assertThat(made.headers().get("Warning")).contains("would violate PodSecurity");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "'usernames':['alice'], shop, 201",
                "'usernames':['bob'], shop, 403",
                "'namespaces':['shop'], shop, 201",
                "'namespaces':['shop'], other, 403",
                "'runtimeClasses':['strong'], shop, 403"
            })
    void theExemptMayDoAnything(String exemptions, String namespace, int code) {
        TestApi api = api("'defaults':{'enforce':'restricted'},'exemptions':{" + exemptions + "}");
        assertThat(pod(api, namespace, BARE).code()).isEqualTo(code);
    }

    @Test
    void podsOfAnExemptRuntimeClassMayDoAnything() {
        TestApi api =
                api(
                        "'defaults':{'enforce':'restricted'},"
                                + "'exemptions':{'runtimeClasses':['strong']}");
        api.post(
                "/apis/node.k8s.io/v1/runtimeclasses",
                json("{'metadata':{'name':'strong'},'handler':'kata'}"));
        Answer made = pod(api, "shop", "'runtimeClassName':'strong'," + BARE);
        assertThat(made.code()).as(made.message()).isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "'defaults':{'enforce':'strict'}, defaults.enforce",
                "'defaults':{'warn-version':'1.20'}, defaults.warn-version",
                "'exemptions':{'namespaces':['']}, exemptions.namespaces"
            })
    void whatCannotBeUsedIsToldByItsField(String configuration, String field) {
        assertThatThrownBy(() -> api(configuration))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(field);
    }

    @Test
    void aPluginThatTakesNoConfigurationIsNamed() {
        JsonNode tree =
                tree(
                        "{'apiVersion':'apiserver.config.k8s.io/v1','kind':'AdmissionConfiguration',"
                                + "'plugins':[{'name':'ImagePolicyWebhook'}]}");
        assertThatThrownBy(() -> AdmissionConfiguration.of(tree, _ -> tree))
                .hasMessageContaining("ImagePolicyWebhook");
    }

    private static Answer pod(TestApi api, String namespace, String spec) {
        return api.post(
                "/api/v1/namespaces/" + namespace + "/pods",
                json("{'metadata':{'name':'p'},'spec':{%s}}".formatted(spec)));
    }

    private static TestApi api(String configuration) {
        JsonNode tree =
                tree(
                        "{'apiVersion':'apiserver.config.k8s.io/v1','kind':'AdmissionConfiguration',"
                                + "'plugins':[{'name':'PodSecurity','configuration':{"
                                + "'apiVersion':'pod-security.admission.config.k8s.io/v1',"
                                + "'kind':'PodSecurityConfiguration',"
                                + configuration
                                + "}}]}");
        TestApi api = new TestApi(AdmissionConfiguration.of(tree, _ -> tree));
        for (String each : new String[] {"shop", "other"}) {
            api.post("/api/v1/namespaces", json("{'metadata':{'name':'%s'}}".formatted(each)));
            api.post(
                    "/api/v1/namespaces/" + each + "/serviceaccounts",
                    json("{'metadata':{'name':'default'}}"));
        }
        return api;
    }

    private static JsonNode tree(String text) {
        return JsonMapper.shared().readTree(json(text));
    }
}
