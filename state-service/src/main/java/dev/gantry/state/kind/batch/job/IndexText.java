package dev.gantry.state.kind.batch.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A text such as {@code 1,3-5,7}: numbers of completions, as spans that grow.
 *
 * <p>Compat: {@code validateIndexesFormat} and its messages.
 *
 * @param spans those that could be read
 * @param total how many numbers that are; zero where something is wrong
 * @param wrong the first thing that is wrong
 */
record IndexText(List<Span> spans, long total, Optional<String> wrong) {
    record Span(long first, long last) {}

    private static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    static IndexText read(String text, long completions) {
        List<Span> spans = new ArrayList<>();
        Optional<String> wrong = Optional.empty();
        long total = 0;
        long last = -1;
        for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            try {
                Span span = span(part, completions);
                spans.add(span);
                if (last >= span.first) {
                    throw new Malformed(
                            "non-increasing order, previous: %d, current: %d"
                                    .formatted(last, span.first));
                }
                total += span.last - span.first + 1;
                last = span.last;
            } catch (Malformed malformed) {
                wrong = wrong.or(() -> Optional.of(String.valueOf(malformed.getMessage())));
            }
        }
        return new IndexText(spans, wrong.isPresent() ? 0 : total, wrong);
    }

    private static Span span(String text, long completions) throws Malformed {
        String[] ends = text.split("-", -1);
        if (ends.length > 2) {
            throw new Malformed(
                    ("the fragment \"%s\" violates the requirement that an index interval can have"
                                    + " at most two parts separated by '-'")
                            .formatted(text));
        }
        long first = number(ends[0], completions);
        if (ends.length == 1) {
            return new Span(first, first);
        }
        long last = number(ends[1], completions);
        if (first >= last) {
            throw new Malformed(
                    "non-increasing order, previous: %d, current: %d".formatted(first, last));
        }
        return new Span(first, last);
    }

    private static long number(String text, long completions) throws Malformed {
        try {
            long number = Long.parseLong(text);
            if (number >= completions) {
                throw new Malformed("too large index: \"%s\"".formatted(text));
            }
            return number;
        } catch (NumberFormatException notANumber) {
            throw new Malformed(
                    "cannot convert string to integer for index: \"%s\"".formatted(text));
        }
    }

    /** The first number that both have. */
    Optional<Long> overlap(IndexText other) {
        int mine = 0;
        int theirs = 0;
        while (mine < spans.size() && theirs < other.spans.size()) {
            Span one = spans.get(mine);
            Span two = other.spans.get(theirs);
            if (one.first <= two.last && two.first <= one.last) {
                return Optional.of(Math.max(one.first, two.first));
            }
            if (one.first <= two.first) {
                mine++;
            } else {
                theirs++;
            }
        }
        return Optional.empty();
    }
}
