package dev.gantry.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.authorization.bootstrap.BootstrapPolicy;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.request.ApiRequest;
import dev.gantry.model.request.Query;
import dev.gantry.model.selector.FieldSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class RbacPolicyTest {
    private static final GroupResource PODS = new GroupResource("", "pods");

    @Test
    void grantsWhatARoleSaysInItsNamespaceOnly() {
        RbacPolicy policy =
                policy(
                        role("Role", "y", "reader", "get,list", "", "pods"),
                        binding("RoleBinding", "y", "Role", "reader", "User", "jane"));
        assertThat(may(policy, "jane", "list", "y", "pods", "")).isTrue();
        assertThat(may(policy, "jane", "list", "z", "pods", "")).isFalse();
        assertThat(may(policy, "jane", "list", "", "pods", "")).isFalse();
        assertThat(may(policy, "jane", "delete", "y", "pods", "")).isFalse();
        assertThat(may(policy, "jane", "get", "y", "pods", "log")).isFalse();
        assertThat(may(policy, "john", "list", "y", "pods", "")).isFalse();
    }

    @Test
    void saysByWhatItAllows() {
        RbacPolicy policy =
                policy(
                        role("ClusterRole", "", "reader", "get", "", "pods"),
                        binding("ClusterRoleBinding", "", "ClusterRole", "reader", "Group", "dev"));
        Verdict verdict =
                policy.judge(caller("jane", "dev"), Access.resource("get", PODS, "", "a", "b"));
        assertThat(verdict.reason())
                .isEqualTo(
                        "RBAC: allowed by ClusterRoleBinding \"b\" of ClusterRole \"reader\" to"
                                + " Group \"dev\"");
    }

    @Test
    void namesTheRoleThatIsMissing() {
        RbacPolicy policy =
                policy(binding("RoleBinding", "y", "ClusterRole", "gone", "User", "jane"));
        Verdict verdict = policy.judge(caller("jane"), Access.resource("get", PODS, "", "y", "p"));
        assertThat(verdict)
                .isEqualTo(
                        new Verdict.NoOpinion(
                                "RBAC: clusterrole.rbac.authorization.k8s.io \"gone\" not found"));
    }

    @Test
    void takesServiceAccountsOfTheBindingsNamespace() {
        RbacPolicy policy =
                policy(
                        role("Role", "y", "reader", "get", "", "pods"),
                        binding("RoleBinding", "y", "Role", "reader", "ServiceAccount", "robot"));
        assertThat(may(policy, "system:serviceaccount:y:robot", "get", "y", "pods", "")).isTrue();
        assertThat(may(policy, "system:serviceaccount:z:robot", "get", "y", "pods", "")).isFalse();
    }

    @Test
    void matchesStarsAndSubresources() {
        assertThat(rule("*", "*", "*").allows(access("patch", "apps", "deployments", "scale")))
                .isTrue();
        assertThat(rule("get", "", "*/log").allows(access("get", "", "pods", "log"))).isTrue();
        assertThat(rule("get", "", "*/og").allows(access("get", "", "pods", "log"))).isFalse();
        assertThat(rule("get", "", "pods/log").allows(access("get", "", "pods", "log"))).isTrue();
        assertThat(rule("get", "", "pods/log").allows(access("get", "", "pods", ""))).isFalse();
        assertThat(rule("get", "apps", "pods").allows(access("get", "", "pods", ""))).isFalse();
    }

    @Test
    void matchesNamesAlsoOfListsThatNameOne() {
        PolicyRule named = rule("get,list", "", "secrets").named("s");
        ApiRequest list = ApiRequest.parse("GET", "/api/v1/namespaces/a/secrets", Query.EMPTY);
        assertThat(named.allows(Access.of(list, Selection.EVERYTHING))).isFalse();
        assertThat(
                        named.allows(
                                Access.of(
                                        list,
                                        Selection.of(FieldSelector.parse("metadata.name=s")))))
                .isTrue();
    }

    @Test
    void matchesPathsByPrefix() {
        PolicyRule rule = PolicyRule.paths(List.of("get"), List.of("/healthz/*", "/version"));
        assertThat(rule.allows(Access.path("get", "/healthz/ping"))).isTrue();
        assertThat(rule.allows(Access.path("get", "/version"))).isTrue();
        assertThat(rule.allows(Access.path("get", "/version/x"))).isFalse();
        assertThat(rule.allows(Access.path("post", "/version"))).isFalse();
    }

    @Test
    void startsAClusterWithWhatEverybodyExpects() {
        RbacPolicy policy = RbacPolicy.of(BootstrapPolicy.objects());
        Caller stranger = new Caller("x", "", List.of("system:unauthenticated"), new TreeMap<>());
        assertThat(policy.judge(stranger, Access.path("get", "/readyz")).isAllowed()).isTrue();
        assertThat(policy.judge(stranger, Access.path("get", "/api")).isAllowed()).isFalse();
        assertThat(
                        policy.judge(
                                        caller("jane", "system:authenticated"),
                                        Access.path("get", "/apis/apps"))
                                .isAllowed())
                .isTrue();
        assertThat(may(policy, "system:kube-controller-manager", "delete", "a", "pods", ""))
                .isTrue();
        assertThat(may(policy, "system:kube-scheduler", "delete", "a", "secrets", "")).isFalse();
        assertThat(may(policy, "system:kube-scheduler", "create", "a", "pods", "eviction"))
                .isTrue();
        assertThat(may(policy, "system:kube-scheduler", "create", "a", "pods", "")).isFalse();
    }

    @Test
    void viewersReadEventsUnderBothOfTheirNames() {
        for (String group : List.of("", "events.k8s.io")) {
            GroupResource events = new GroupResource(group, "events");
            assertThat(rulesOf("view").test(Access.resource("list", events, "", "a", ""))).isTrue();
            assertThat(rulesOf("view").test(Access.resource("create", events, "", "a", "")))
                    .isFalse();
            assertThat(rulesOf("edit").test(Access.resource("create", events, "", "a", "")))
                    .isTrue();
        }
    }

    @Test
    void aRoleForEachSignerApprovesItsCertificatesOnly() {
        String prefix = "system:certificates.k8s.io:";
        GroupResource signers = new GroupResource("certificates.k8s.io", "signers");
        Access approval =
                Access.resource("approve", signers, "", "", "kubernetes.io/kubelet-serving");
        assertThat(rulesOf(prefix + "kubelet-serving-approver").test(approval)).isTrue();
        assertThat(rulesOf(prefix + "kube-apiserver-client-approver").test(approval)).isFalse();
        assertThat(rulesOf(prefix + "legacy-unknown-approver").test(approval)).isFalse();
    }

    /** Of one of the cluster roles that every cluster begins with. */
    private static Predicate<Access> rulesOf(String role) {
        Resource found =
                BootstrapPolicy.objects().stream()
                        .filter(each -> each.name().equals(role))
                        .filter(each -> each.kind().equals("ClusterRole"))
                        .findFirst()
                        .orElseThrow();
        List<PolicyRule> rules = PolicyRule.all(found.tree());
        return access -> rules.stream().anyMatch(each -> each.allows(access));
    }

    @Test
    void theSchedulerWritesItsProfilesAndEverybodyWithANameReadsThem() {
        RbacPolicy policy = RbacPolicy.of(BootstrapPolicy.objects());
        Caller scheduler = caller("system:kube-scheduler", "system:authenticated");
        Caller jane = caller("jane", "system:authenticated");
        String profiles = "gantry-scheduler-profiles";

        assertThat(policy.judge(scheduler, configMap("update", profiles)).isAllowed()).isTrue();
        assertThat(policy.judge(scheduler, configMap("update", "other")).isAllowed()).isFalse();
        assertThat(policy.judge(jane, configMap("get", profiles)).isAllowed()).isTrue();
        assertThat(policy.judge(jane, configMap("update", profiles)).isAllowed()).isFalse();
        assertThat(policy.judge(jane, configMap("get", "other")).isAllowed()).isFalse();
    }

    private static Access configMap(String verb, String name) {
        return Access.resource(verb, new GroupResource("", "configmaps"), "", "kube-system", name);
    }

    @Test
    void completesStoredRolesAndLeavesThoseThatOptOut() {
        Resource wanted =
                BootstrapPolicy.objects().stream()
                        .filter(each -> each.name().equals("system:basic-user"))
                        .filter(each -> each.kind().equals("ClusterRole"))
                        .findFirst()
                        .orElseThrow();
        assertThat(BootstrapPolicy.completed(wanted, wanted)).isEmpty();
        Resource poorer = wanted.copy();
        poorer.tree().withArray("rules").remove(0);
        Optional<Resource> completed = BootstrapPolicy.completed(poorer, wanted);
        assertThat(completed.orElseThrow().tree().path("rules")).hasSize(2);
        poorer.mutableMetadata()
                .withObject("/annotations")
                .put("rbac.authorization.kubernetes.io/autoupdate", "false");
        assertThat(BootstrapPolicy.completed(poorer, wanted)).isEmpty();
    }

    private static boolean may(
            RbacPolicy policy, String user, String verb, String namespace, String... resource) {
        return policy.judge(
                        caller(user),
                        Access.resource(
                                verb,
                                new GroupResource("", resource[0]),
                                resource[1],
                                namespace,
                                ""))
                .isAllowed();
    }

    private static PolicyRule rule(String verbs, String group, String resource) {
        return PolicyRule.resources(List.of(verbs.split(",")), group, List.of(resource));
    }

    private static Access access(String verb, String group, String plural, String subresource) {
        return Access.resource(verb, new GroupResource(group, plural), subresource, "a", "n");
    }

    static Caller caller(String user, String... groups) {
        return new Caller(user, "", List.of(groups), new TreeMap<>());
    }

    static RbacPolicy policy(String... objects) {
        List<Resource> trees = new ArrayList<>();
        for (String each : objects) {
            trees.add(new Resource((ObjectNode) JsonMapper.shared().readTree(each)));
        }
        return RbacPolicy.of(trees);
    }

    static String role(
            String kind, String namespace, String name, String verbs, String... resource) {
        return """
        {"kind":"%s","metadata":{"namespace":"%s","name":"%s"},
         "rules":[{"verbs":["%s"],"apiGroups":["%s"],"resources":["%s"]}]}
        """
                .formatted(
                        kind,
                        namespace,
                        name,
                        quoted(verbs),
                        quoted(resource[0]),
                        quoted(resource[1]));
    }

    private static String quoted(String names) {
        return names.replace(",", "\",\"");
    }

    static String binding(
            String kind, String namespace, String roleKind, String role, String... subject) {
        return """
        {"kind":"%s","metadata":{"namespace":"%s","name":"b"},
         "roleRef":{"kind":"%s","name":"%s"},"subjects":[{"kind":"%s","name":"%s"}]}
        """
                .formatted(kind, namespace, roleKind, role, subject[0], subject[1]);
    }
}
