package dev.gantry.agent.network;

import dev.gantry.model.address.Address;
import dev.gantry.model.address.AddressBlock;
import java.util.List;

/** The addresses that were set aside for load balancers, and that nodes may therefore take. */
public record BalancerPool(List<AddressBlock> blocks) {
    public static final BalancerPool NONE = new BalancerPool(List.of());

    public boolean holds(String address) {
        return Address.parse(address)
                .map(each -> new AddressBlock(each, each.family().bits()))
                .filter(each -> blocks.stream().anyMatch(block -> block.overlaps(each)))
                .isPresent();
    }
}
