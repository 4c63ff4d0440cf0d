package dev.gantry.expression;

import dev.gantry.model.address.Address;
import java.util.Optional;

/**
 * A range of IP addresses in an expression.
 *
 * @param address as it was written: it may have bits behind the prefix
 */
record CidrValue(IpValue address, int length) {
    static Optional<CidrValue> parse(String text) {
        int slash = text.indexOf('/');
        String bits = text.substring(slash + 1);
        boolean isNumber = slash > 0 && bits.matches("0|[1-9]\\d{0,2}");
        return isNumber
                ? IpValue.parse(text.substring(0, slash))
                        .filter(each -> Integer.parseInt(bits) <= each.bits())
                        .map(each -> new CidrValue(each, Integer.parseInt(bits)))
                : Optional.empty();
    }

    static CidrValue of(String text) {
        return parse(text)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "network address parse error during conversion from string:"
                                                + " \"%s\"".formatted(text)));
    }

    CidrValue masked() {
        int behind = address.bits() - length;
        Address first =
                new Address(
                        address.address().family(),
                        address.address().value().shiftRight(behind).shiftLeft(behind));
        return new CidrValue(new IpValue(first), length);
    }

    Boolean contains(IpValue other) {
        int behind = address.bits() - length;
        return other.isV4() == address.isV4()
                && other.address()
                        .value()
                        .shiftRight(behind)
                        .equals(address.address().value().shiftRight(behind));
    }

    Boolean contains(CidrValue other) {
        return other.length >= length && contains(other.address);
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
