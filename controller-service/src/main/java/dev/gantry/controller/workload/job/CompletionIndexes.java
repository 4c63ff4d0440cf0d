package dev.gantry.controller.workload.job;

import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Numbers of completions, as a status writes them: {@code 1,3-5,7}.
 *
 * <p>Compat: two numbers in a row are written with a comma only where no third follows: {@code 1,2}
 * and {@code 1-3}.
 */
record CompletionIndexes(BitSet numbers) {
    static final CompletionIndexes NONE = new CompletionIndexes(new BitSet());

    /** What is no number, or not below {@code completions}, is left out. */
    static CompletionIndexes parse(String text, int completions) {
        BitSet numbers = new BitSet();
        for (String part : text.split(",", -1)) {
            int dash = part.indexOf('-');
            int first = number(dash < 0 ? part : part.substring(0, dash));
            int last = dash < 0 ? first : number(part.substring(dash + 1));
            if (first >= 0 && last >= first && first < completions) {
                numbers.set(first, Math.min(last, completions - 1) + 1);
            }
        }
        return new CompletionIndexes(numbers);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }

    boolean has(int number) {
        return numbers.get(number);
    }

    int total() {
        return numbers.cardinality();
    }

    CompletionIndexes with(IntStream more) {
        BitSet all = (BitSet) numbers.clone();
        more.forEach(all::set);
        return new CompletionIndexes(all);
    }

    CompletionIndexes within(CompletionIndexes others) {
        BitSet both = (BitSet) numbers.clone();
        both.and(others.numbers);
        return new CompletionIndexes(both);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (int first = numbers.nextSetBit(0); first >= 0; ) {
            int last = numbers.nextClearBit(first) - 1;
            text.append(text.isEmpty() ? "" : ",").append(first);
            if (last > first) {
                text.append(last == first + 1 ? ',' : '-').append(last);
            }
            first = numbers.nextSetBit(last + 1);
        }
        return text.toString();
    }
}
