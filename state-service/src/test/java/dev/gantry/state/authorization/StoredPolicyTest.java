package dev.gantry.state.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.authorization.Access;
import dev.gantry.authorization.RbacPolicy;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.Change;
import dev.gantry.state.log.InMemoryStateLog;
import dev.gantry.state.log.Samples;
import dev.gantry.state.view.View;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class StoredPolicyTest {
    private static final Caller JANE = new Caller("jane", "", List.of(), new TreeMap<>());
    private static final Access READ = Access.resource("get", Resources.PODS, "", "x", "p");
    private static final String ROLE =
            """
            {"kind":"ClusterRole","metadata":{"name":"reader","uid":"1"},
             "rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get"]}]}
            """;
    private static final String BINDING =
            """
            {"kind":"ClusterRoleBinding","metadata":{"name":"jane","uid":"2"},
             "roleRef":{"kind":"ClusterRole","name":"reader"},
             "subjects":[{"kind":"User","name":"jane"}]}
            """;

    private final InMemoryStateLog log = new InMemoryStateLog();
    private final StoredPolicy policy = new StoredPolicy(new View.Live(log));

    @Test
    void isThatOfTheRolesAndBindingsThatAreStored() {
        assertThat(policy.current().judge(JANE, READ).isAllowed()).isFalse();
        put(Resources.CLUSTER_ROLES, ROLE);
        assertThat(policy.current().judge(JANE, READ).isAllowed()).isFalse();
        put(Resources.CLUSTER_ROLE_BINDINGS, BINDING);
        assertThat(policy.current().judge(JANE, READ).isAllowed()).isTrue();
    }

    @Test
    void isCompiledAgainOnlyWhenOneOfThemChanged() {
        put(Resources.CLUSTER_ROLES, ROLE);
        RbacPolicy compiled = policy.current();
        put(Resources.CONFIG_MAPS, "{\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"c\"}}");
        assertThat(policy.current()).isSameAs(compiled);
        put(Resources.CLUSTER_ROLE_BINDINGS, BINDING);
        assertThat(policy.current()).isNotSameAs(compiled);
    }

    private void put(GroupResource resource, String json) {
        Resource object = new Resource((ObjectNode) JsonMapper.shared().readTree(json));
        log.commit(
                List.of(
                        new Change(
                                object.key(resource),
                                Revision.NONE,
                                Optional.of(object),
                                "tester",
                                Samples.NOON)));
    }
}
