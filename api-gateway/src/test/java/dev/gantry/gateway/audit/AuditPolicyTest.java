package dev.gantry.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.authorization.Access;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.GroupResource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class AuditPolicyTest {
    private static final Optional<Caller> JANE =
            Optional.of(new Caller("jane", "", List.of("dev"), new TreeMap<>()));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | true",
                "'users':['jane'] | true",
                "'users':['joe'] | false",
                "'userGroups':['ops','dev'] | true",
                "'userGroups':['ops'] | false",
                "'verbs':['get','list'] | true",
                "'verbs':['create'] | false",
                "'namespaces':['team'] | true",
                "'namespaces':[''] | false",
                "'resources':[{'group':''}] | true",
                "'resources':[{'group':'apps'}] | false",
                "'resources':[{'group':'','resources':['pods']}] | false",
                "'resources':[{'group':'','resources':['pods/log']}] | true",
                "'resources':[{'group':'','resources':['pods/*']}] | true",
                "'resources':[{'group':'','resources':['*/log']}] | true",
                "'resources':[{'group':'','resources':['*']}] | true",
                "'resources':[{'group':'','resources':['*'],'resourceNames':['p']}] | true",
                "'resources':[{'group':'','resources':['*'],'resourceNames':['q']}] | false",
                "'nonResourceURLs':['/api*'] | false"
            })
    void rulesAreAboutRequests(String rule, boolean isAbout) {
        Access access = Access.resource("get", new GroupResource("", "pods"), "log", "team", "p");
        assertThat(level(rule, JANE, access))
                .isEqualTo(isAbout ? AuditLevel.METADATA : AuditLevel.NONE);
    }

    @ParameterizedTest
    @CsvSource({"/healthz, true", "/health*, true", "'*', true", "/, false", "/healthz/*, false"})
    void rulesAreAboutPaths(String pattern, boolean isAbout) {
        String rule = "'nonResourceURLs':['%s']".formatted(pattern);
        assertThat(level(rule, JANE, Access.path("get", "/healthz")))
                .isEqualTo(isAbout ? AuditLevel.METADATA : AuditLevel.NONE);
    }

    @Test
    void rulesAboutSomebodyAreNotAboutTheUnknown() {
        assertThat(level("'users':['jane']", Optional.empty(), Access.path("get", "/a")))
                .isEqualTo(AuditLevel.NONE);
        assertThat(level("", Optional.empty(), Access.path("get", "/a")))
                .isEqualTo(AuditLevel.METADATA);
    }

    @Test
    void theFirstRuleDecidesAndStagesAddUp() {
        AuditPolicy policy =
                read(
                        "'omitStages':['RequestReceived'],'omitManagedFields':true,'rules':["
                                + "{'level':'None','verbs':['watch']},"
                                + "{'level':'RequestResponse','omitStages':['ResponseStarted'],"
                                + "'omitManagedFields':false},{'level':'Metadata'}]");
        assertThat(policy.judge(JANE, Access.path("watch", "/a")).level())
                .isEqualTo(AuditLevel.NONE);
        AuditDecision other = policy.judge(JANE, Access.path("get", "/a"));
        assertThat(other.level()).isEqualTo(AuditLevel.REQUEST_RESPONSE);
        assertThat(other.wants(AuditStage.REQUEST_RECEIVED)).isFalse();
        assertThat(other.wants(AuditStage.RESPONSE_STARTED)).isFalse();
        assertThat(other.wants(AuditStage.RESPONSE_COMPLETE)).isTrue();
        assertThat(other.omitsManagedFields()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'', secrets, ''",
        "'', secrets, status",
        "'', serviceaccounts, token",
        "authentication.k8s.io, tokenreviews, ''"
    })
    void whatIsConfidentialIsNeverWrittenDown(String group, String plural, String subresource) {
        AuditPolicy policy = read("'rules':[{'level':'RequestResponse'}]");
        Access access =
                Access.resource("get", new GroupResource(group, plural), subresource, "a", "b");
        assertThat(policy.judge(JANE, access).level()).isEqualTo(AuditLevel.METADATA);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'rules':[{}] | rules[0].level: Unsupported value",
                "'rules':[{'level':'All'}] | rules[0].level: Unsupported value: \"All\"",
                "'rule':[] | rule: Forbidden: unknown field",
                "'omitStages':['Done'] | omitStages: Unsupported value",
                "'rules':[{'level':'None','nonResourceURLs':['/a*b']}] | must be the final character",
                "'rules':[{'level':'None','nonResourceURLs':['a']}] | must begin with a",
                "'rules':[{'level':'None','nonResourceURLs':['/a'],'namespaces':['b']}] | cannot apply"
                        + " to both",
                "'rules':[{'level':'None','resources':[{'resourceNames':['a']}]}] | requires at least"
            })
    void saysWhatIsWrong(String content, String why) {
        assertThatThrownBy(() -> read(content)).hasMessageContaining(why);
    }

    private static AuditLevel level(String rule, Optional<Caller> caller, Access access) {
        String more = rule.isEmpty() ? "" : "," + rule;
        return read("'rules':[{'level':'Metadata'%s}]".formatted(more))
                .judge(caller, access)
                .level();
    }

    private static AuditPolicy read(String content) {
        String json = "{'apiVersion':'audit.k8s.io/v1','kind':'Policy',%s}".formatted(content);
        return AuditPolicy.read(JsonMapper.shared().readTree(json.replace('\'', '"')));
    }
}
