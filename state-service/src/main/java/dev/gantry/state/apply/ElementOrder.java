package dev.gantry.state.apply;

import java.math.BigDecimal;
import java.util.Comparator;

/**
 * The order in which elements are written: fields, then items by key, then by value; numbers in
 * keys and values by size.
 *
 * <p>Compat: {@code PathElement.Less} of structured-merge-diff. Clients compare the bytes.
 *
 * <p>Cost: keys are compared as they are written, without being read: two of one list are alike up
 * to the first value that differs.
 */
final class ElementOrder implements Comparator<String> {
    private static final char FIELD = 'f';

    /** Where the value of an item stands, after {@code v:}. */
    private static final int VALUE = 2;

    @Override
    public int compare(String one, String other) {
        int length = Math.min(one.length(), other.length());
        int at = 0;
        while (at < length && one.charAt(at) == other.charAt(at)) {
            at++;
        }
        if (at == 0 || at == length || one.charAt(0) == FIELD) {
            return one.compareTo(other);
        }
        int from = numberStart(one, at);
        int bySize = from < 0 ? 0 : number(one, from).compareTo(number(other, from));
        return bySize == 0 ? one.compareTo(other) : bySize;
    }

    /** Where the number begins that stands in {@code text} at {@code at}; -1 where none does. */
    private static int numberStart(String text, int at) {
        int start = at;
        while (start > 0 && isOfNumber(text.charAt(start - 1))) {
            start--;
        }
        boolean hasDigit = start < text.length() && isOfNumber(text.charAt(start));
        return hasDigit && (start == VALUE || isAfterKey(text, start)) ? start : -1;
    }

    /** Within a text a quote would have a backslash before it. */
    private static boolean isAfterKey(String text, int at) {
        return at > VALUE && text.startsWith("\":", at - 2) && text.charAt(at - 3) != '\\';
    }

    private static BigDecimal number(String text, int from) {
        int end = from;
        while (end < text.length() && isOfNumber(text.charAt(end))) {
            end++;
        }
        try {
            return new BigDecimal(text.substring(from, end));
        } catch (NumberFormatException noNumber) {
            return BigDecimal.ZERO;
        }
    }

    private static boolean isOfNumber(char each) {
        return each >= '0' && each <= '9' || each == '-' || each == '.' || each == 'E';
    }
}
