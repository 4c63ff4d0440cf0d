package dev.gantry.gateway.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class AuthorizationConfigurationTest {
    private static final String GOOD =
            """
            {'apiVersion':'apiserver.config.k8s.io/v1','kind':'AuthorizationConfiguration',
             'authorizers':[{'type':'Node','name':'node'},{'type':'RBAC','name':'rbac'},
              {'type':'Webhook','name':'hook','webhook':{'timeout':'3s','unauthorizedTTL':'1m0s',
               'subjectAccessReviewVersion':'v1','matchConditionSubjectAccessReviewVersion':'v1',
               'failurePolicy':'Deny','cacheAuthorizedRequests':false,
               'connectionInfo':{'type':'KubeConfigFile','kubeConfigFile':'/a'},
               'matchConditions':[{'expression':'has(request.resourceAttributes)'}]}}]}
            """;

    @Test
    void readsWhatIsConfigured() {
        var read = read(GOOD);
        assertThat(read.authorizers().stream().map(each -> each.type()))
                .containsExactly("Node", "RBAC", "Webhook");
        WebhookSettings webhook = read.authorizers().getLast().webhook().orElseThrow();
        assertThat(webhook.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(webhook.allowed().time()).isZero();
        assertThat(webhook.refused().time()).isEqualTo(Duration.ofMinutes(1));
        assertThat(webhook.deniesOnFailure()).isTrue();
    }

    /** The first is replaced by the second in a good configuration. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'type':'Node' | 'type':'ABAC' | Unsupported value: \"ABAC\"",
                "'type':'Node' | 'type':'RBAC' | authorizers[1].type: Duplicate value",
                "'name':'node' | 'name':'rbac' | authorizers[1].name: Duplicate value",
                "'name':'node' | 'name':'Node' | authorizer name is invalid",
                "'name':'node' | 'name':'node','webhook':{} | may only be specified when",
                "'timeout':'3s' | 'timeout':'31s' | must be > 0s and <= 30s",
                "'timeout':'3s' | 'timeout':'soon' | must be a duration",
                "'timeout':'3s', | `` | webhook.timeout: Required value",
                "'failurePolicy':'Deny' | 'failurePolicy':'Ignore' | failurePolicy: Unsupported value",
                "'KubeConfigFile' | 'InClusterConfig' | connectionInfo.type: Unsupported value",
                "'/a' | 'a' | must be an absolute path",
                "has(request.resourceAttributes) | request.verb == 'get' | compilation failed",
                "has(request.resourceAttributes) | request.user | must evaluate to bool",
                "'subjectAccessReviewVersion':'v1', | 'subjectAccessReviewVersion':'v2', | supported values: \"v1\", \"v1beta1\"",
                "'subjectAccessReviewVersion':'v1', | `` | subjectAccessReviewVersion: Required"
            })
    void saysWhatIsWrong(String good, String wrong, String why) {
        assertThat(GOOD).contains(good);
        String quoted = wrong.replace("== 'get'", "== \\\"get\\\"");
        assertThatThrownBy(() -> read(GOOD.replace(good, quoted))).hasMessageContaining(why);
    }

    private static AuthorizationConfiguration read(String file) {
        return AuthorizationConfiguration.read(
                JsonMapper.shared().readTree(file.replace('\'', '"')));
    }
}
