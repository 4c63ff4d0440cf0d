package dev.gantry.model.address;

import java.math.BigInteger;
import java.util.Optional;

/**
 * All addresses that begin alike, such as {@code 10.244.0.0/16} or {@code fd00:10:244::/56}.
 *
 * @param first with nothing but zeros after the prefix
 */
public record AddressBlock(Address first, int prefix) {
    private static final int MOST_PREFIX_DIGITS = 3;

    /** Empty where the text is no block. What stands behind the prefix is cleared. */
    public static Optional<AddressBlock> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        int prefix = prefix(text.substring(slash + 1));
        return Address.parse(text.substring(0, slash))
                .filter(address -> prefix >= 0 && prefix <= address.family().bits())
                .map(address -> around(address, prefix));
    }

    private static int prefix(String digits) {
        boolean isNumber = digits.matches("[0-9]{1," + MOST_PREFIX_DIGITS + "}");
        return isNumber ? Integer.parseInt(digits) : -1;
    }

    private static AddressBlock around(Address address, int prefix) {
        int host = address.family().bits() - prefix;
        BigInteger first = address.value().shiftRight(host).shiftLeft(host);
        return new AddressBlock(new Address(address.family(), first), prefix);
    }

    public Family family() {
        return first.family();
    }

    /** How many blocks of {@code size} fit; never more than a million are counted. */
    public int blocks(int size) {
        return 1 << Math.clamp(size - prefix, 0, 20);
    }

    public AddressBlock block(int index, int size) {
        BigInteger offset = BigInteger.valueOf(index).shiftLeft(family().bits() - size);
        return new AddressBlock(new Address(family(), first.value().add(offset)), size);
    }

    /** The number of the block of {@code size} that {@code other} begins in; empty if outside. */
    public Optional<Integer> indexOf(AddressBlock other, int size) {
        if (!overlaps(other)) {
            return Optional.empty();
        }
        BigInteger offset = other.first.value().subtract(first.value()).max(BigInteger.ZERO);
        return Optional.of(offset.shiftRight(family().bits() - size).intValue());
    }

    public boolean overlaps(AddressBlock other) {
        int host = family().bits() - Math.min(prefix, other.prefix);
        return other.family() == family()
                && first.value().shiftRight(host).equals(other.first.value().shiftRight(host));
    }

    @Override
    public String toString() {
        return first + "/" + prefix;
    }
}
