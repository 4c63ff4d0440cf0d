package dev.gantry.controller.network.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.address.AddressBlock;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

final class LoadBalancerControllerTest {
    private static final GroupResource SERVICES = Resources.SERVICES;
    private static final String BALANCER = "'type':'LoadBalancer','ipFamilies':['IPv4']";

    private final SimulatedApi api = api("192.0.2.4/30", "2001:db8::/112");

    @Test
    void marksAServiceThenGivesItAnAddressAndSaysBoth() {
        create("web", BALANCER);

        assertThat(addresses("web")).containsExactly("192.0.2.4");
        assertThat(status("web").path("ingress").path(0).path("ipMode").asString())
                .isEqualTo("VIP");
        assertThat(service("web").finalizers())
                .containsExactly("service.kubernetes.io/load-balancer-cleanup");
        assertThat(api.told())
                .containsExactly(
                        "EnsuringLoadBalancer: Ensuring load balancer",
                        "EnsuredLoadBalancer: Ensured load balancer");
        int writes = api.actions();
        api.pass(600);
        assertThat(api.actions()).isEqualTo(writes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    'IPv4'        | SingleStack      | 192.0.2.4
                    'IPv6'        | SingleStack      | 2001:db8::1
                    'IPv6','IPv4' | RequireDualStack | 2001:db8::1 192.0.2.4
                    """)
    void givesAnAddressOfEachFamilyTheFirstOneFirst(
            String families, String policy, String expected) {
        create(
                "web",
                "'type':'LoadBalancer','ipFamilies':[%s],'ipFamilyPolicy':'%s'"
                        .formatted(families, policy));

        assertThat(addresses("web")).containsExactly(expected.split(" "));
    }

    @Test
    void aFamilyWithoutARangeIsLeftOutOnlyWhereTheServiceCanDoWithout() {
        var four = api("192.0.2.4/30");
        String both = "'type':'LoadBalancer','ipFamilies':['IPv4','IPv6'],'ipFamilyPolicy':'%s'";
        create(four, "prefers", both.formatted("PreferDualStack"));
        create(four, "requires", both.formatted("RequireDualStack"));

        assertThat(addresses(four, "prefers")).containsExactly("192.0.2.4");
        assertThat(addresses(four, "requires")).isEmpty();
        assertThat(four.told())
                .contains(
                        "SyncLoadBalancerFailed: Error syncing load balancer: failed to ensure load"
                                + " balancer: the Service needs addresses of IPv4 and IPv6, and"
                                + " gantry.controller.load-balancer-ranges names only 192.0.2.4/30");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    'type':'ClusterIP'
                    'type':'NodePort'
                    'type':'LoadBalancer','loadBalancerClass':'example.com/other'
                    """)
    void leavesServicesAloneThatWantNoneOrAnothers(String spec) {
        create("web", spec + ",'ipFamilies':['IPv4']");

        assertThat(api.actions()).isZero();
    }

    @Test
    void ourClassIsOursByName() {
        create("web", BALANCER + ",'loadBalancerClass':'gantry.dev/pool'");

        assertThat(addresses("web")).containsExactly("192.0.2.4");
    }

    @Test
    void saysWhatToDoWhereNothingIsLeftAndGivesWhatIsGivenBack() {
        for (String each : List.of("a", "b", "c", "d", "e")) {
            create(each, BALANCER);
        }
        assertThat(addresses("d")).containsExactly("192.0.2.7");
        assertThat(addresses("e")).isEmpty();
        assertThat(api.told())
                .containsOnlyOnce(
                        "SyncLoadBalancerFailed: Error syncing load balancer: failed to ensure load"
                                + " balancer: no IPv4 address is free in 192.0.2.4/30,"
                                + " 2001:db8::/112: delete a Service of type LoadBalancer, or add a"
                                + " range to gantry.controller.load-balancer-ranges");

        api.delete(key("b"), "Background");
        api.settle();

        assertThat(api.get(key("b"))).isEmpty();
        assertThat(addresses("e")).containsExactly("192.0.2.5");
        assertThat(api.told()).contains("DeletedLoadBalancer: Deleted load balancer");
    }

    @Test
    void aServiceThatIsNoLoadBalancerAnyMoreLosesItsAddressAndItsMark() {
        create("web", BALANCER);
        change("web", spec -> spec.put("type", "ClusterIP"));

        assertThat(addresses("web")).isEmpty();
        assertThat(service("web").finalizers()).isEmpty();
        assertThat(api.told())
                .endsWith(
                        "DeletingLoadBalancer: Deleting load balancer",
                        "DeletedLoadBalancer: Deleted load balancer");
    }

    @Test
    void givesTheAddressThatIsAskedForAlsoLater() {
        create("web", BALANCER + ",'loadBalancerIP':'192.0.2.6'");
        assertThat(addresses("web")).containsExactly("192.0.2.6");

        change("web", spec -> spec.put("loadBalancerIP", "192.0.2.5"));
        assertThat(addresses("web")).containsExactly("192.0.2.5");

        change("web", spec -> spec.remove("loadBalancerIP"));
        assertThat(addresses("web")).containsExactly("192.0.2.5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    192.0.2.4   | loadBalancerIP 192.0.2.4 is in use by the Service default/first
                    192.0.2.8   | loadBalancerIP 192.0.2.8 is in none of the ranges of gantry.controller.load-balancer-ranges, 192.0.2.4/30, 2001:db8::/112
                    2001:db8::9 | loadBalancerIP 2001:db8::9 is of no family of the Service, IPv4
                    one         | loadBalancerIP one is no IP address
                    """)
    void givesNoOtherAddressThanTheOneThatIsAskedFor(String requested, String why) {
        create("first", BALANCER);
        create("second", BALANCER + ",'loadBalancerIP':'" + requested + "'");

        assertThat(addresses("second")).isEmpty();
        assertThat(api.told())
                .endsWith(
                        "SyncLoadBalancerFailed: Error syncing load balancer: failed to ensure load"
                                + " balancer: "
                                + why);
    }

    @Test
    void theYoungerOfTwoThatHaveTheSameAddressGetsAnother() {
        create("older", BALANCER);
        api.pass(10);
        create("younger", BALANCER);
        Resource copy = service("younger").copy();
        copy.tree().set("status", service("older").status().deepCopy());
        api.putStatus(SERVICES, copy);
        api.settle();

        assertThat(addresses("older")).containsExactly("192.0.2.4");
        assertThat(addresses("younger")).containsExactly("192.0.2.5");
    }

    @Test
    void anAddressThatIsNoLongerOfTheRangesIsReplaced() {
        create("web", BALANCER);
        Resource copy = service("web").copy();
        ((ObjectNode) copy.tree().at("/status/loadBalancer/ingress/0")).put("ip", "198.51.100.1");
        api.putStatus(SERVICES, copy);
        api.settle();

        assertThat(addresses("web")).containsExactly("192.0.2.4");
    }

    static SimulatedApi api(String... ranges) {
        return new SimulatedApi(controller(ranges));
    }

    static LoadBalancerController controller(String... ranges) {
        return new LoadBalancerController(
                Stream.of(ranges).flatMap(each -> AddressBlock.parse(each).stream()).toList());
    }

    private void create(String name, String spec) {
        create(api, name, spec);
    }

    static void create(SimulatedApi api, String name, String spec) {
        api.create(
                SERVICES,
                SimulatedApi.object(
                        """
                        {'apiVersion':'v1','kind':'Service',
                         'metadata':{'name':'%s','namespace':'default'},
                         'spec':{%s},'status':{'loadBalancer':{}}}
                        """
                                .formatted(name, spec)));
        api.settle();
    }

    private void change(String name, Consumer<ObjectNode> change) {
        Resource copy = service(name).copy();
        change.accept(Resource.child(copy.tree(), "spec"));
        api.update(SERVICES, copy);
        api.settle();
    }

    private Resource service(String name) {
        return api.get(key(name)).orElseThrow();
    }

    private ObjectNode status(String name) {
        return (ObjectNode) service(name).status().path("loadBalancer");
    }

    private List<String> addresses(String name) {
        return addresses(api, name);
    }

    static List<String> addresses(SimulatedApi api, String name) {
        List<String> found = new ArrayList<>();
        api.get(key(name))
                .orElseThrow()
                .status()
                .at("/loadBalancer/ingress")
                .forEach(each -> found.add(Resource.text(each, "ip")));
        return found;
    }

    static ObjectKey key(String name) {
        return new ObjectKey(SERVICES, "default", name);
    }
}
