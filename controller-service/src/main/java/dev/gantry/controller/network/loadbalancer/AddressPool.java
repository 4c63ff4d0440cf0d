package dev.gantry.controller.network.loadbalancer;

import dev.gantry.model.address.Address;
import dev.gantry.model.address.AddressBlock;
import dev.gantry.model.address.Family;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The addresses that load balancers may have.
 *
 * @param blocks of either family, in the order in which they are used up
 */
record AddressPool(List<AddressBlock> blocks) {
    private static final int LAST_BYTE = 255;

    boolean holds(Address address) {
        return blocks.stream().anyMatch(block -> block.overlaps(alone(address)));
    }

    boolean has(Family family) {
        return blocks.stream().anyMatch(block -> block.family() == family);
    }

    /** The lowest address of the first block that has a free one. */
    Optional<Address> free(Family family, Predicate<Address> isTaken) {
        return blocks.stream()
                .filter(block -> block.family() == family)
                .flatMap(block -> free(block, isTaken).stream())
                .findFirst();
    }

    private static Optional<Address> free(AddressBlock block, Predicate<Address> isTaken) {
        BigInteger size = BigInteger.ONE.shiftLeft(block.family().bits() - block.prefix());
        for (long i = 0; BigInteger.valueOf(i).compareTo(size) < 0; i++) {
            Address candidate = block.first().plus(i);
            if (isUsual(candidate) && !isTaken.test(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /**
     * Not one that could be a network's own or its broadcast address. Who asks for such a one by
     * name gets it.
     */
    private static boolean isUsual(Address address) {
        int last = address.value().intValue() & LAST_BYTE;
        return last != 0 && (last != LAST_BYTE || address.family() == Family.IPV6);
    }

    private static AddressBlock alone(Address address) {
        return new AddressBlock(address, address.family().bits());
    }

    @Override
    public String toString() {
        return blocks.stream().map(AddressBlock::toString).collect(Collectors.joining(", "));
    }
}
