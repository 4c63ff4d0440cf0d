package dev.gantry.local.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.gantry.model.address.AddressBlock;
import dev.gantry.model.address.Family;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class InstanceTest {
    @Test
    void noTwoSlotsShareAPort() {
        Set<Integer> ports = new HashSet<>();
        for (int slot = 0; slot < 100; slot++) {
            Instance each = instance(slot, 2);
            assertThat(ports.add(each.gatewayPort())).isTrue();
            assertThat(ports.add(each.postgresPort())).isTrue();
            assertThat(ports.add(each.kafkaPort())).isTrue();
            assertThat(ports.add(each.kafkaNodePort())).isTrue();
            assertThat(ports.add(each.kafkaControllerPort())).isTrue();
            assertThat(ports.add(each.controllerPort())).isTrue();
            assertThat(ports.add(each.schedulerPort())).isTrue();
            assertThat(ports.add(each.monitoringPort())).isTrue();
        }
    }

    @Test
    void noTwoSlotsShareAnAddressOfAPodNorAnyOther() {
        List<AddressBlock> taken = new ArrayList<>();
        Stream.of("10.96.0.0/16", "fd00:10:96::/112", "10.89.0.0/16", "fd00:89::/32")
                .flatMap(each -> AddressBlock.parse(each).stream())
                .forEach(taken::add);
        for (int slot = 0; slot < 100; slot++) {
            List<AddressBlock> ranges = instance(slot, 2).podRanges();
            assertThat(ranges).hasSize(2);
            for (AddressBlock range : ranges) {
                assertThat(taken).noneMatch(range::overlaps);
                int node = range.family() == Family.IPV4 ? 24 : 64;
                assertThat(range.blocks(node)).isGreaterThanOrEqualTo(Instance.MAX_NODES);
            }
            taken.addAll(ranges);
        }
    }

    @Test
    void loadBalancersHaveAddressesOfTheBridgeThatNoNodeHas() {
        Instance largest = instance(7, Instance.MAX_NODES);
        List<AddressBlock> ranges = blocks(largest.balancerRanges());
        assertThat(ranges).hasSize(2);
        for (AddressBlock range : ranges) {
            assertThat(blocks(largest.subnet() + "," + largest.subnet6()))
                    .anyMatch(each -> each.prefix() < range.prefix() && each.overlaps(range));
        }
        List<String> own = new ArrayList<>(List.of(largest.hostAddress(), largest.hostAddress6()));
        largest.nodes().forEach(each -> own.addAll(List.of(each.address(), each.address6())));
        for (String address : own) {
            String alone = address + (address.contains(":") ? "/128" : "/32");
            assertThat(ranges).noneMatch(blocks(alone).getFirst()::overlaps);
        }
    }

    private static List<AddressBlock> blocks(String texts) {
        return Stream.of(texts.split(","))
                .flatMap(each -> AddressBlock.parse(each).stream())
                .toList();
    }

    @Test
    void linkNamesFitTheKernel() {
        Instance largest = instance(99, Instance.MAX_NODES);
        assertThat(largest.bridge()).hasSizeLessThanOrEqualTo(15);
        assertThat(largest.node(Instance.MAX_NODES).hostLink()).hasSizeLessThanOrEqualTo(15);
    }

    @Test
    void refusesWhatItHasNoAddressesFor() {
        assertThatIllegalArgumentException().isThrownBy(() -> instance(100, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> instance(0, Instance.MAX_NODES + 1));
    }

    private static Instance instance(int slot, int nodes) {
        return new Instance(Path.of("/nowhere"), Path.of("/nowhere"), slot, nodes);
    }
}
