package dev.gantry.state.shell.api;

import static dev.gantry.state.shell.api.WebhookWorld.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.exchange.ApiReply;
import dev.gantry.state.shell.api.TestApi.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words are those of a real API server. Single quotes in bodies stand for double ones. */
class PodSecurityTest {
    private static final String NAMESPACE = "/api/v1/namespaces/shop";
    private static final String PODS = NAMESPACE + "/pods";
    private static final String CONTAINER = "{'name':'c','image':'i'}";
    private static final String RESTRICTED =
            """
            'securityContext':{'runAsNonRoot':true,'seccompProfile':{'type':'RuntimeDefault'}},
            'containers':[{'name':'c','image':'i','securityContext':{'allowPrivilegeEscalation':false,
             'capabilities':{'drop':['ALL']}}}]""";

    private TestApi api;

    @BeforeEach
    void start() throws InterruptedException {
        api = TestApi.withNamespace("shop");
        api.post(NAMESPACE + "/serviceaccounts", json("{'metadata':{'name':'default'}}"));
    }

    private Answer label(String mode, String value) {
        return api.patch(
                NAMESPACE,
                "merge-patch+json",
                json(
                        "{'metadata':{'labels':{'pod-security.kubernetes.io/%s':'%s'}}}"
                                .formatted(mode, value)));
    }

    private Answer pod(String name, String spec) {
        return api.post(PODS, json("{'metadata':{'name':'%s'},'spec':{%s}}".formatted(name, spec)));
    }

    @Test
    void withoutLabelsEverythingGoes() {
        Answer made =
                pod(
                        "p",
                        "'hostNetwork':true,'containers':[{'name':'c','image':'i','securityContext':{'privileged':true}}]");

        assertThat(made.code()).as(made.message()).isEqualTo(201);
        assertThat(made.headers()).doesNotContainKey("Warning");
    }

    @Test
    void everythingThatALevelForbidsIsToldAtOnce() {
        label("enforce", "restricted");

        Answer refused = pod("p", "'containers':[%s]".formatted(CONTAINER));

        assertThat(refused.code()).isEqualTo(403);
        assertThat(refused.message())
                .isEqualTo(
                        "pods \"p\" is forbidden: violates PodSecurity \"restricted:latest\":"
                                + " allowPrivilegeEscalation != false (container \"c\" must set"
                                + " securityContext.allowPrivilegeEscalation=false), unrestricted"
                                + " capabilities (container \"c\" must set"
                                + " securityContext.capabilities.drop=[\"ALL\"]), runAsNonRoot !="
                                + " true (pod or container \"c\" must set"
                                + " securityContext.runAsNonRoot=true), seccompProfile (pod or"
                                + " container \"c\" must set securityContext.seccompProfile.type to"
                                + " \"RuntimeDefault\" or \"Localhost\")");
        assertThat(pod("q", RESTRICTED).code()).isEqualTo(201);
    }

    @Test
    void anOlderVersionKnowsLess() {
        label("enforce", "restricted");
        label("enforce-version", "v1.0");

        assertThat(pod("p", "'containers':[%s]".formatted(CONTAINER)).message())
                .endsWith(
                        "violates PodSecurity \"restricted:v1.0\": runAsNonRoot != true (pod or"
                                + " container \"c\" must set securityContext.runAsNonRoot=true)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    'hostNetwork':true,'hostPID':true,'containers':[%c] | host namespaces (hostNetwork=true, hostPID=true)
                    'containers':[{'name':'c','image':'i','ports':[{'containerPort':80,'hostPort':80}]}] | hostPort (container "c" uses hostPort 80)
                    'containers':[%c],'volumes':[{'name':'v','hostPath':{'path':'/'}},{'name':'w','hostPath':{'path':'/'}}] | hostPath volumes (volumes "v", "w")
                    'containers':[{'name':'c','image':'i','securityContext':{'privileged':true}}] | privileged (container "c" must not set securityContext.privileged=true)
                    'containers':[{'name':'c','image':'i','securityContext':{'capabilities':{'add':['NET_ADMIN','KILL','BPF']}}}] | non-default capabilities (container "c" must not include "BPF", "NET_ADMIN" in securityContext.capabilities.add)
                    'containers':[{'name':'c','image':'i','securityContext':{'seccompProfile':{'type':'Unconfined'}}}] | seccompProfile (container "c" must not set securityContext.seccompProfile.type to "Unconfined")
                    'securityContext':{'seLinuxOptions':{'type':'t','user':'u','role':'r'}},'containers':[%c] | seLinuxOptions (pod set forbidden securityContext.seLinuxOptions: type "t"; user may not be set; role may not be set)
                    'securityContext':{'sysctls':[{'name':'kernel.msgmax','value':'1'},{'name':'net.ipv4.tcp_rmem','value':'1'}]},'containers':[%c] | forbidden sysctls (kernel.msgmax)
                    'securityContext':{'appArmorProfile':{'type':'Unconfined'}},'containers':[%c] | forbidden AppArmor profile (pod must not set AppArmor profile type to "Unconfined")
                    'containers':[{'name':'c','image':'i','livenessProbe':{'httpGet':{'port':80,'host':'h'}}}] | probe or lifecycle host (container "c" uses probe or lifecycle host "h")
                    """)
    void baselineForbids(String spec, String violation) {
        label("enforce", "baseline");

        Answer refused = pod("p", spec.replace("%c", CONTAINER));

        assertThat(refused.code()).as(refused.message()).isEqualTo(403);
        assertThat(refused.message())
                .isEqualTo(
                        "pods \"p\" is forbidden: violates PodSecurity \"baseline:latest\": "
                                + violation);
    }

    @Test
    void restrictedForbidsVolumesOfTheHostAndRoot() {
        label("enforce", "restricted");

        String message =
                pod(
                                "p",
                                RESTRICTED.replace(
                                                "'runAsNonRoot':true",
                                                "'runAsNonRoot':true,'runAsUser':0")
                                        + ",'volumes':[{'name':'v','hostPath':{'path':'/'}}]")
                        .message();

        assertThat(message)
                .endsWith(
                        "\"restricted:latest\": restricted volume types (volume \"v\" uses restricted"
                                + " volume type \"hostPath\"), runAsUser=0 (pod must not set"
                                + " runAsUser=0)");
    }

    @Test
    void templatesAreWarnedOfAndTaken() {
        label("warn", "baseline");

        Answer made =
                api.post(
                        "/apis/apps/v1/namespaces/shop/deployments",
                        json(
                                """
                                {'metadata':{'name':'d'},'spec':{'selector':{'matchLabels':{'a':'b'}},
                                 'template':{'metadata':{'labels':{'a':'b'}},'spec':{'hostIPC':true,'containers':[%s]}}}}"""
                                        .formatted(CONTAINER)));

        assertThat(made.code()).as(made.message()).isEqualTo(201);
        assertThat(made.headers().get("Warning"))
                .isEqualTo(
                        "299 - \"would violate PodSecurity \\\"baseline:latest\\\": host namespaces"
                                + " (hostIPC=true)\"");
    }

    @Test
    void theAuditLogIsToldOfWhatWouldBeViolated() {
        label("audit", "baseline");

        Answer made = pod("p", "'hostIPC':true,'containers':[%s]".formatted(CONTAINER));

        assertThat(made.headers().get(ApiReply.AUDIT_ANNOTATIONS))
                .contains(
                        "\"pod-security.kubernetes.io/enforce-policy\":\"privileged:latest\"",
                        "\"pod-security.kubernetes.io/audit-violations\":\"would violate PodSecurity"
                                + " \\\"baseline:latest\\\": host namespaces");
        assertThat(made.headers()).doesNotContainKey("Warning");
    }

    @Test
    void aStricterNamespaceWarnsOfThePodsThatAreThere() {
        pod("a", "'hostIPC':true,'containers':[%s]".formatted(CONTAINER));
        pod("b", "'hostIPC':true,'containers':[%s]".formatted(CONTAINER));

        Answer labelled = label("enforce", "baseline");

        assertThat(labelled.code()).isEqualTo(200);
        assertThat(labelled.headers().get("Warning"))
                .contains(
                        "existing pods in namespace \\\"shop\\\" violate the new PodSecurity enforce"
                                + " level \\\"baseline:latest\\\"",
                        "a (and 1 other pod): host namespaces");
        assertThat(label("enforce", "privileged").headers()).doesNotContainKey("Warning");
    }

    @Test
    void whatIsThereMayBeUpdatedUnlessItsContainersChange() {
        pod("a", "'hostIPC':true,'containers':[%s]".formatted(CONTAINER));
        label("enforce", "baseline");

        Answer labelled =
                api.patch(
                        PODS + "/a", "merge-patch+json", json("{'metadata':{'labels':{'x':'y'}}}"));
        Answer changed =
                api.patch(
                        PODS + "/a",
                        "strategic-merge-patch+json",
                        json("{'spec':{'containers':[{'name':'c','image':'j'}]}}"));

        assertThat(labelled.code()).as(labelled.message()).isEqualTo(200);
        assertThat(changed.code()).as(changed.message()).isEqualTo(403);
    }

    @Test
    void labelsThatAreNoneAreInvalid() {
        Answer refused = label("enforce", "strict");

        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.message())
                .isEqualTo(
                        "Namespace \"shop\" is invalid: metadata.labels[pod-security.kubernetes.io/enforce]: Invalid value: \"strict\": must be one of privileged, baseline, restricted");
        assertThat(label("warn-version", "1.2").message())
                .endsWith("Invalid value: \"1.2\": must be \"latest\" or \"v1.x\"");
    }
}
