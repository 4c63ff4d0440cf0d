package dev.gantry.controller.node.ipam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.address.AddressBlock;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NodeIpamControllerTest {
    private static final GroupResource NODES = Resources.NODES;

    @Test
    void givesEveryNodeARangeOfBothFamilies() {
        var api = api("10.244.0.0/16", "fd00:10:244::/56");
        join(api, "a", "b");

        assertThat(ranges(api, "a")).containsExactly("10.244.0.0/24", "fd00:10:244::/64");
        assertThat(ranges(api, "b")).containsExactly("10.244.1.0/24", "fd00:10:244:1::/64");
    }

    @Test
    void reusesTheRangeOfANodeThatLeft() {
        var api = api("10.244.0.0/16");
        join(api, "a", "b");
        api.drop(new ObjectKey(NODES, "", "a"));
        join(api, "c", "d");

        assertThat(ranges(api, "b")).containsExactly("10.244.1.0/24");
        assertThat(ranges(api, "c")).containsExactly("10.244.0.0/24");
        assertThat(ranges(api, "d")).containsExactly("10.244.2.0/24");
    }

    @Test
    void aNodeKeepsARangeThatItBrought() {
        var api = api("10.244.0.0/16");
        Resource node = node("a");
        Resource.child(node.tree(), "spec").putArray("podCIDRs").add("10.244.0.0/23");
        api.create(NODES, node);
        join(api, "b");

        assertThat(ranges(api, "b")).containsExactly("10.244.2.0/24");
    }

    @Test
    void saysWhenThereIsNothingLeft() {
        var api = api("10.244.0.0/23");
        join(api, "a", "b", "c");

        assertThat(ranges(api, "c")).isEmpty();
        assertThat(api.told()).contains("CIDRNotAvailable: Node c status is now: CIDRNotAvailable");
    }

    @Test
    void nodesAreReadOnceWhereNobodyWaits() {
        var nodes = new CountedReads(List.of(node("a"), node("b")));
        nodes.forEach(each -> Resource.child(each.tree(), "spec").putArray("podCIDRs").add("x"));
        nodes.reads = 0;

        var view = new NodeIpamView(List.of(AddressBlock.parse("10.0.0.0/8").orElseThrow()), nodes);

        assertThat(new NodeIpamReconciler().reconcile(view, Instant.EPOCH).isSettled()).isTrue();
        assertThat(nodes.reads).isEqualTo(2);
    }

    private static final class CountedReads extends AbstractList<Resource> {
        private final List<Resource> nodes;
        private int reads;

        CountedReads(List<Resource> nodes) {
            this.nodes = nodes;
        }

        @Override
        public Resource get(int index) {
            reads++;
            return nodes.get(index);
        }

        @Override
        public int size() {
            return nodes.size();
        }
    }

    private static SimulatedApi api(String... cluster) {
        List<AddressBlock> ranges = new ArrayList<>();
        for (String each : cluster) {
            ranges.add(AddressBlock.parse(each).orElseThrow());
        }
        return new SimulatedApi(new NodeIpamController(ranges));
    }

    private static void join(SimulatedApi api, String... names) {
        for (String name : names) {
            api.create(NODES, node(name));
            api.settle();
        }
    }

    private static Resource node(String name) {
        return SimulatedApi.object(
                "{'apiVersion':'v1','kind':'Node','metadata':{'name':'" + name + "'},'spec':{}}");
    }

    private static List<String> ranges(SimulatedApi api, String node) {
        List<String> found = new ArrayList<>();
        api.get(new ObjectKey(NODES, "", node))
                .orElseThrow()
                .spec()
                .path("podCIDRs")
                .forEach(each -> found.add(each.asString("")));
        return found;
    }
}
