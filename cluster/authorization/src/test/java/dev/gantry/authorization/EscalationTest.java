package dev.gantry.authorization;

import static dev.gantry.authorization.RbacPolicyTest.binding;
import static dev.gantry.authorization.RbacPolicyTest.caller;
import static dev.gantry.authorization.RbacPolicyTest.policy;
import static dev.gantry.authorization.RbacPolicyTest.role;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class EscalationTest {
    private static final GroupResource ROLES = new GroupResource(RoleRef.GROUP, "roles");
    private static final GroupResource BINDINGS = new GroupResource(RoleRef.GROUP, "rolebindings");

    @Test
    void letsNobodyGrantMoreThanTheyHold() {
        Optional<Refusal> why =
                asJane().refusal(
                                jane(),
                                ROLES,
                                tree(role("Role", "y", "new", "get,delete", "", "pods")),
                                Optional.empty());
        assertThat(why.orElseThrow().message())
                .isEqualTo(
                        "roles.rbac.authorization.k8s.io \"new\" is forbidden: user \"jane\""
                                + " (groups=[\"dev\"]) is attempting to grant RBAC permissions not"
                                + " currently held:\n"
                                + "{APIGroups:[\"\"], Resources:[\"pods\"], Verbs:[\"delete\"]}");
    }

    @Test
    void letsThemGrantWhatTheyHold() {
        Resource wanted = tree(role("Role", "y", "new", "get", "", "pods"));
        assertThat(asJane().refusal(jane(), ROLES, wanted, Optional.empty())).isEmpty();
    }

    @Test
    void doesNotMindWhatTheGarbageCollectorNeeds() {
        Resource strong = tree(role("Role", "y", "strong", "*", "*", "*"));
        Resource going = strong.copy();
        metadata(going).putArray("finalizers").add("a.b/c");
        metadata(going).putArray("ownerReferences").addObject().put("name", "x");
        metadata(going).put("resourceVersion", "7").putArray("managedFields").addObject();
        assertThat(Escalation.isForGarbage(strong, going)).isTrue();
    }

    @Test
    void mindsALabelOnARoleThatIsStrongerThanItsWriter() {
        Resource strong = tree(role("ClusterRole", "", "strong", "*", "*", "*"));
        Resource labelled = strong.copy();
        metadata(labelled)
                .putObject("labels")
                .put("rbac.authorization.k8s.io/aggregate-to-view", "true");
        assertThat(Escalation.isForGarbage(strong, labelled)).isFalse();
        assertThat(asJane().refusal(jane(), ROLES, labelled, Optional.of(strong)))
                .hasValueSatisfying(
                        why -> assertThat(why.message()).contains("not currently held"));
    }

    @Test
    void mindsWhatBecomesOfARoleThatGathersOthers() {
        Resource gathering =
                tree(
                        """
                        {"kind":"ClusterRole","metadata":{"name":"view"},
                         "aggregationRule":{"clusterRoleSelectors":[{"matchLabels":{"a":"b"}}]}}
                        """);
        Resource plain = gathering.copy();
        plain.tree().remove("aggregationRule");
        String words = "must have cluster-admin privileges to use the aggregationRule";
        assertThat(asJane().refusal(jane(), ROLES, gathering, Optional.empty()))
                .hasValueSatisfying(why -> assertThat(why.message()).contains(words));
        assertThat(asJane().refusal(jane(), ROLES, plain, Optional.of(gathering)))
                .hasValueSatisfying(why -> assertThat(why.message()).contains(words));
        assertThat(asJane().refusal(jane(), ROLES, gathering, Optional.of(gathering)))
                .hasValueSatisfying(why -> assertThat(why.message()).contains(words));
        assertThat(asJane().refusal(jane(), ROLES, plain, Optional.of(plain))).isEmpty();
    }

    @Test
    void mindsALabelOnABindingOfAStrongRole() {
        Resource bound = tree(binding("RoleBinding", "y", "ClusterRole", "strong", "User", "x"));
        assertThat(asJane().refusal(jane(), BINDINGS, bound, Optional.of(bound))).isPresent();
    }

    @Test
    void judgesBindingsByTheRoleTheyGrant() {
        Resource wanted = tree(binding("RoleBinding", "y", "ClusterRole", "strong", "User", "x"));
        assertThat(
                        asJane().refusal(jane(), BINDINGS, wanted, Optional.empty())
                                .orElseThrow()
                                .message())
                .contains(
                        "not currently held:\n"
                                + "{APIGroups:[\"*\"], Resources:[\"*\"], Verbs:[\"*\"]}");
        Resource gone = tree(binding("RoleBinding", "y", "Role", "gone", "User", "x"));
        assertThat(asJane().refusal(jane(), BINDINGS, gone, Optional.empty()))
                .contains(new Refusal.Missing(ROLES, "gone"));
    }

    @Test
    void letsThoseWhoMayBind() {
        RbacPolicy policy =
                policy(
                        role("ClusterRole", "", "strong", "*", "*", "*"),
                        role("Role", "y", "binder", "bind", RoleRef.GROUP, "clusterroles"),
                        binding("RoleBinding", "y", "Role", "binder", "User", "jane"));
        Resource wanted = tree(binding("RoleBinding", "y", "ClusterRole", "strong", "User", "x"));
        assertThat(escalation(policy).refusal(jane(), BINDINGS, wanted, Optional.empty()))
                .isEmpty();
    }

    @Test
    void judgesNoRoleWhoseRulesMultiplyToMillions() {
        String many = String.join(",", java.util.Collections.nCopies(100, "x"));
        Resource wanted = tree(role("Role", "y", "wide", many, many, many));
        assertThat(asJane().refusal(jane(), ROLES, wanted, Optional.empty()))
                .hasValueSatisfying(
                        why ->
                                assertThat(why.message())
                                        .contains("its rules name")
                                        .hasSizeLessThan(300));
    }

    @Test
    void putsVerbsOnTheSameThingTogether() {
        var rules =
                List.of(
                        PolicyRule.resources(List.of("list"), "apps", List.of("deployments")),
                        PolicyRule.resources(List.of("get"), "apps", List.of("deployments")),
                        PolicyRule.paths(List.of("get"), List.of("/metrics")));
        assertThat(Coverage.text(rules))
                .isEqualTo(
                        "{APIGroups:[\"apps\"], Resources:[\"deployments\"], Verbs:[\"get\""
                                + " \"list\"]}\n"
                                + "{NonResourceURLs:[\"/metrics\"], Verbs:[\"get\"]}");
    }

    private static Escalation asJane() {
        return escalation(
                policy(
                        role("ClusterRole", "", "strong", "*", "*", "*"),
                        role("Role", "y", "reader", "get", "", "pods"),
                        binding("RoleBinding", "y", "Role", "reader", "Group", "dev")));
    }

    private static dev.gantry.model.exchange.Caller jane() {
        return caller("jane", "dev");
    }

    private static ObjectNode metadata(Resource object) {
        return Resource.child(object.tree(), "metadata");
    }

    private static Resource tree(String json) {
        return new Resource((ObjectNode) JsonMapper.shared().readTree(json));
    }

    private static Escalation escalation(RbacPolicy policy) {
        return new Escalation(policy, access -> policy.judge(jane(), access));
    }
}
