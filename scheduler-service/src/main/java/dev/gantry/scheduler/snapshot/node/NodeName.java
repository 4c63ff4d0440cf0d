package dev.gantry.scheduler.snapshot.node;

import java.util.Comparator;

/**
 * A node's name around its number: the last digits before the first dot, as in {@code node-17} or
 * {@code ip-10-0-1-17.internal}.
 *
 * @param digits as they are written; empty where there are none
 * @param number what they come to; negative where there are none
 */
record NodeName(String prefix, String digits, String suffix, long number)
        implements Comparable<NodeName> {
    /** More would not fit a long. */
    private static final int MOST_DIGITS = 18;

    private static final Comparator<NodeName> ORDER =
            Comparator.comparing(NodeName::prefix)
                    .thenComparing(NodeName::suffix)
                    .thenComparingLong(NodeName::number)
                    .thenComparing(NodeName::digits);

    static NodeName of(String name) {
        int end = name.indexOf('.') < 0 ? name.length() : name.indexOf('.');
        while (end > 0 && !isDigit(name.charAt(end - 1))) {
            end--;
        }
        int start = end;
        while (start > 0 && isDigit(name.charAt(start - 1))) {
            start--;
        }
        if (start == end || end - start > MOST_DIGITS) {
            return new NodeName(name, "", "", -1);
        }
        String digits = name.substring(start, end);
        return new NodeName(
                name.substring(0, start), digits, name.substring(end), Long.parseLong(digits));
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }

    /** Whether both differ in their number only. */
    boolean isKinOf(NodeName other) {
        return prefix.equals(other.prefix)
                && suffix.equals(other.suffix)
                && digits.isEmpty() == other.digits.isEmpty();
    }

    /** Whether counting on from the other, padded with zeros as it is, leads to this. */
    boolean follows(NodeName other) {
        boolean isWrittenAlike =
                digits.length() == other.digits.length()
                        || !digits.startsWith("0") && !other.digits.startsWith("0");
        return isKinOf(other) && number == other.number + 1 && isWrittenAlike;
    }

    @Override
    public int compareTo(NodeName other) {
        return ORDER.compare(this, other);
    }
}
