package dev.gantry.local.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.gantry.local.instance.Instance;
import dev.gantry.local.instance.NodePlace;
import dev.gantry.model.address.AddressBlock;
import dev.gantry.model.meta.Resource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class PodRoutesTest {
    @TempDir Path home;

    @Test
    void leadsBothFamiliesToTheNodesOwnAddress() {
        assertThat(gateways("10.103.1.0/24", "fd00:10:103:1::/64"))
                .containsOnly(
                        entry("10.103.1.0/24", "10.89.3.12"),
                        entry("fd00:10:103:1::/64", "fd00:89:3::c"));
    }

    @Test
    void leadsNothingToANodeThatClaimsWhatIsNotForPodsOfThisInstance() {
        assertThat(
                        gateways(
                                "0.0.0.0/0",
                                "192.168.0.0/24",
                                "10.89.3.0/24",
                                "10.103.0.0/16",
                                "10.104.0.0/24",
                                "::/0"))
                .isEmpty();
    }

    @Test
    void leadsNothingToANodeThatHasNoRangeYet() {
        assertThat(gateways()).isEmpty();
    }

    @Test
    void rangesThatTheOwnerSetCount() throws Exception {
        assertThat(PodRoutes.ranges(instance())).isEqualTo(instance().podRanges());
        Files.writeString(
                instance().ownSettings(),
                "gantry.controller.pod-cidrs=172.20.0.0/16, fd00:172:20::/56\n");
        assertThat(PodRoutes.ranges(instance()))
                .isEqualTo(blocks("172.20.0.0/16", "fd00:172:20::/56"));
    }

    private SortedMap<String, String> gateways(String... podCidrs) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        var list = node.putObject("spec").putArray("podCIDRs");
        Stream.of(podCidrs).forEach(list::add);
        var place = new NodePlace(instance(), 2);
        return PodRoutes.wanted(place, instance().podRanges(), new Resource(node)).gateways();
    }

    private Instance instance() {
        return new Instance(home, home, 3, 2);
    }

    private static List<AddressBlock> blocks(String... texts) {
        return Stream.of(texts).flatMap(each -> AddressBlock.parse(each).stream()).toList();
    }
}
