package dev.gantry.agent.network;

import dev.gantry.model.address.AddressBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The blocks of one family among those from which a load balancer may be reached, none of which
 * holds another: the kernel takes no overlapping elements here.
 */
final class SourceRanges {
    private SourceRanges() {}

    static List<String> of(List<String> cidrs, Family family) {
        List<AddressBlock> blocks = new ArrayList<>();
        for (String each : cidrs) {
            Optional<AddressBlock> block = AddressBlock.parse(each.strip());
            block.filter(found -> Family.of(found.toString()) == family).ifPresent(blocks::add);
        }
        return blocks.stream()
                .distinct()
                .filter(block -> blocks.stream().noneMatch(other -> isPartOf(block, other)))
                .map(AddressBlock::toString)
                .sorted()
                .toList();
    }

    private static boolean isPartOf(AddressBlock block, AddressBlock other) {
        return other.prefix() < block.prefix() && other.overlaps(block);
    }
}
