package dev.gantry.gateway.flowcontrol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.authorization.Access;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.flowcontrol.BootstrapFlowControl;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class FlowControlTest {
    private static final FlowControl BOOTSTRAP = FlowControl.bootstrap();
    private static final Access PODS = Access.resource("list", Resources.PODS, "", "", "");
    private static final Access LEASE =
            Access.resource("update", Resources.LEASES, "", "kube-system", "l");

    @ParameterizedTest
    @CsvSource({
        "admin, system:masters, exempt, exempt",
        "system:node:n1, system:nodes, system-nodes, system-node-high",
        "system:kube-scheduler, system:authenticated, kube-scheduler, system-leader-election",
        "system:gantry:monitoring, x, gantry-control-plane, gantry-leader-election",
        "system:serviceaccount:kube-system:x, system:serviceaccounts, kube-system-service-accounts,"
                + " system-leader-election",
        "system:serviceaccount:y:x, system:serviceaccounts, service-accounts, service-accounts",
        "jane, system:authenticated, global-default, global-default",
        "system:anonymous, system:unauthenticated, global-default, global-default",
        "nobody, none, catch-all, catch-all"
    })
    void leadsCallersToTheirSchemas(String user, String group, String usual, String forLeases) {
        Caller caller = caller(user, group);
        assertThat(schemaOf(BOOTSTRAP, caller, PODS)).isEqualTo(usual);
        assertThat(schemaOf(BOOTSTRAP, caller, LEASE)).isEqualTo(forLeases);
    }

    @Test
    void probesOfAnybodyAreExempt() {
        Caller anonymous = caller("system:anonymous", "system:unauthenticated");
        Access ready = Access.path("get", "/readyz");
        FlowSchema schema = BOOTSTRAP.schemas().get(BOOTSTRAP.classify(anonymous, ready));
        assertThat(schema.name()).isEqualTo("probes");
        assertThat(BOOTSTRAP.levelOf(schema).isExempt()).isTrue();
        assertThat(schemaOf(BOOTSTRAP, anonymous, Access.path("get", "/version")))
                .isEqualTo("global-default");
    }

    @Test
    void mandatoryOnesAreThereWithoutObjects() {
        FlowControl none = FlowControl.of(List.of(), List.of());
        assertThat(none.levels()).containsOnlyKeys("catch-all", "exempt");
        assertThat(schemaOf(none, caller("admin", "system:masters"), PODS)).isEqualTo("exempt");
        assertThat(schemaOf(none, caller("jane", "system:authenticated"), PODS))
                .isEqualTo("catch-all");
    }

    @Test
    void theLowestPrecedenceDecidesAndThenTheName() {
        FlowControl flow =
                with(
                        schema("b", 10, "{\"kind\":\"User\",\"user\":{\"name\":\"jane\"}}", "*"),
                        schema("c", 10, "{\"kind\":\"User\",\"user\":{\"name\":\"*\"}}", "*"),
                        schema("a", 20, "{\"kind\":\"Group\",\"group\":{\"name\":\"*\"}}", "*"));
        assertThat(schemaOf(flow, caller("jane", "dev"), PODS)).isEqualTo("b");
        assertThat(schemaOf(flow, caller("john", "dev"), PODS)).isEqualTo("c");
    }

    @ParameterizedTest
    @CsvSource({
        "get, '', pods, '', y, mine",
        "get, '', pods, '', other, global-default",
        "get, '', pods, status, y, global-default",
        "get, '', nodes, status, '', global-default",
        "list, '', pods, '', y, global-default",
        "get, apps, pods, '', y, global-default"
    })
    void asksForVerbGroupResourceAndNamespace(
            String verb, String group, String plural, String sub, String namespace, String found) {
        FlowControl flow =
                with(
                        schema(
                                "mine",
                                10,
                                "{\"kind\":\"User\",\"user\":{\"name\":\"jane\"}}",
                                "\"get\"",
                                "\"\"",
                                "\"pods\",\"nodes/status\"",
                                "\"y\""));
        Access access =
                Access.resource(verb, new GroupResource(group, plural), sub, namespace, "a");
        assertThat(schemaOf(flow, caller("jane", "system:authenticated"), access)).isEqualTo(found);
    }

    @Test
    void aSchemaWithoutItsLevelIsLeftOut() {
        ObjectNode dangling = schema("d", 5, "{\"kind\":\"User\",\"user\":{\"name\":\"*\"}}", "*");
        dangling.withObject("/spec/priorityLevelConfiguration").put("name", "gone");
        FlowControl flow = with(dangling);
        assertThat(schemaOf(flow, caller("jane", "system:authenticated"), PODS))
                .isEqualTo("global-default");
    }

    @Test
    void levelsShareTheSeats() {
        assertThat(bounds("workload-low")).isEqualTo(new SeatBounds(245, 24, 845));
        assertThat(bounds("catch-all")).isEqualTo(new SeatBounds(13, 13, 613));
        assertThat(bounds("exempt")).isEqualTo(new SeatBounds(0, 0, 600));
        int sum =
                BOOTSTRAP.levels().keySet().stream().mapToInt(name -> bounds(name).nominal()).sum();
        assertThat(sum).isBetween(600, 600 + BOOTSTRAP.levels().size());
    }

    @Test
    void oneRequestTakesAFewPercentOfItsLevel() {
        Queuing queuing = new Queuing(64, 6, 50);
        assertThat(new SeatBounds(245, 24, 845).widest(queuing)).isEqualTo(10);
        assertThat(new SeatBounds(30, 24, 845).widest(queuing)).isEqualTo(5);
        assertThat(new SeatBounds(2, 2, 2).widest(queuing)).isEqualTo(1);
        assertThat(ListWidth.of(0, 10)).isEqualTo(1);
        assertThat(ListWidth.of(250_000, 10)).isEqualTo(3);
        assertThat(ListWidth.of(1L << 40, 10)).isEqualTo(10);
    }

    @Test
    void flowsAreToldApartByUserOrNamespace() {
        FlowSchema byUser = BOOTSTRAP.schemas().get(index("service-accounts"));
        FlowSchema byNamespace = BOOTSTRAP.schemas().get(index("kube-scheduler"));
        Access inX = Access.resource("get", Resources.PODS, "", "x", "a");
        Access inY = Access.resource("get", Resources.PODS, "", "y", "a");
        assertThat(byUser.flowOf(caller("a", ""), inX))
                .isEqualTo(byUser.flowOf(caller("a", ""), inY))
                .isNotEqualTo(byUser.flowOf(caller("b", ""), inX));
        assertThat(byNamespace.flowOf(caller("a", ""), inX))
                .isEqualTo(byNamespace.flowOf(caller("b", ""), inX))
                .isNotEqualTo(byNamespace.flowOf(caller("a", ""), inY));
    }

    private static SeatBounds bounds(String level) {
        return BOOTSTRAP.boundsOf(BOOTSTRAP.levels().get(level), 600);
    }

    private static int index(String schema) {
        return BOOTSTRAP.schemas().stream().map(FlowSchema::name).toList().indexOf(schema);
    }

    private static FlowControl with(ObjectNode... schemas) {
        List<Resource> all = new ArrayList<>(BootstrapFlowControl.schemas());
        for (ObjectNode each : schemas) {
            all.add(new Resource(each));
        }
        return FlowControl.of(BootstrapFlowControl.levels(), all);
    }

    private static ObjectNode schema(String name, int precedence, String subject, String all) {
        String quoted = "\"" + all + "\"";
        return schema(name, precedence, subject, quoted, quoted, quoted, quoted);
    }

    private static ObjectNode schema(
            String name, int precedence, String subject, String... verbsGroupsResourcesNamespaces) {
        String text =
                """
                {"metadata":{"name":"%s"},"spec":{"matchingPrecedence":%d,
                 "priorityLevelConfiguration":{"name":"global-default"},"rules":[{
                 "subjects":[%s],"resourceRules":[{"verbs":[%s],"apiGroups":[%s],"resources":[%s],
                 "namespaces":[%s],"clusterScope":%s}]}]}}
                """;
        String[] said = verbsGroupsResourcesNamespaces;
        return (ObjectNode)
                JsonMapper.shared()
                        .readTree(
                                text.formatted(
                                        name,
                                        precedence,
                                        subject,
                                        said[0],
                                        said[1],
                                        said[2],
                                        said[3],
                                        said[3].equals("\"*\"")));
    }

    private static String schemaOf(FlowControl flow, Caller caller, Access access) {
        return flow.schemas().get(flow.classify(caller, access)).name();
    }

    private static Caller caller(String user, String group) {
        return new Caller(user, "", List.of(group), new TreeMap<>());
    }
}
