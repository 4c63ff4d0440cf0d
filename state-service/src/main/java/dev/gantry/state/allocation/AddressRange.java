package dev.gantry.state.allocation;

import dev.gantry.model.address.Address;
import dev.gantry.model.address.AddressBlock;
import dev.gantry.model.address.Family;
import java.math.BigInteger;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The addresses of a service CIDR that may be given out: neither the network's own nor, for IPv4,
 * the broadcast address.
 *
 * @param size how many addresses the CIDR holds, cut off at 2^24
 */
public record AddressRange(Address network, int prefixLength, long size) {
    private static final int MAX_BITS = 24;

    /** Throws IllegalArgumentException where the text is no CIDR, or one without room. */
    public static AddressRange parse(String cidr) {
        AddressBlock block =
                AddressBlock.parse(cidr)
                        .orElseThrow(() -> new IllegalArgumentException("no CIDR: " + cidr));
        int hostBits = block.family().bits() - block.prefix();
        if (hostBits < 2) {
            throw new IllegalArgumentException("no CIDR with room for services: " + cidr);
        }
        return new AddressRange(block.first(), block.prefix(), 1L << Math.min(hostBits, MAX_BITS));
    }

    public Family family() {
        return network.family();
    }

    public Address first() {
        return network.plus(1);
    }

    public boolean contains(Address address) {
        if (address.family() != family()) {
            return false;
        }
        BigInteger offset = address.value().subtract(network.value());
        return offset.signum() > 0 && offset.compareTo(BigInteger.valueOf(end())) < 0;
    }

    /**
     * A free address, starting the search where the seed says. The lower part of the range is left
     * to those who ask for an address, as long as there is room elsewhere.
     *
     * <p>Compat: the bands of upstream's ipallocator.
     */
    public Optional<Address> free(Predicate<Address> isTaken, long seed) {
        long band = size < 16 ? 1 : Math.min(Math.max(16, size / 16), 256);
        Optional<Address> found = search(Math.min(band, end()), end(), isTaken, seed);
        return found.isPresent() ? found : search(1, Math.min(band, end()), isTaken, seed);
    }

    private Optional<Address> search(long from, long to, Predicate<Address> isTaken, long seed) {
        long width = to - from;
        for (long step = 0; step < width; step++) {
            Address candidate = network.plus(from + Math.floorMod(seed + step, width));
            if (!isTaken.test(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /** The offset after the last one that may be given out. */
    private long end() {
        boolean hasBroadcast =
                family() == Family.IPV4 && size == 1L << (family().bits() - prefixLength);
        return hasBroadcast ? size - 1 : size;
    }

    @Override
    public String toString() {
        return network + "/" + prefixLength;
    }
}
