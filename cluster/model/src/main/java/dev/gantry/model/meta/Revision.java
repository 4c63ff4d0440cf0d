package dev.gantry.model.meta;

import java.util.Optional;

/** A position in the state log; {@code resourceVersion} on the wire. Greater means later. */
public record Revision(long value) implements Comparable<Revision> {
    public static final Revision NONE = new Revision(0);

    /** Empty where the text is not a non-negative decimal number. */
    public static Optional<Revision> parse(String text) {
        if (text.isEmpty() || text.length() > 18) {
            return Optional.empty();
        }
        long value = 0;
        for (int at = 0; at < text.length(); at++) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                return Optional.empty();
            }
            value = 10 * value + digit;
        }
        return Optional.of(new Revision(value));
    }

    public Revision next() {
        return new Revision(value + 1);
    }

    public boolean isAfter(Revision other) {
        return value > other.value;
    }

    @Override
    public int compareTo(Revision other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
