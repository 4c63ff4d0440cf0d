package dev.gantry.scheduler.snapshot;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names as text, those that differ in their number only in one bracket. */
final class FoldedNames {
    /** What a bracket takes and a comma with a blank before it. */
    private static final int FRAME = 4;

    private final int limit;
    private final StringBuilder text = new StringBuilder();
    private final List<String> numbers = new ArrayList<>();
    private @Nullable NodeName family;
    private int length;
    private int kin;
    private int told;

    /**
     * @param limit how many characters the names may take
     */
    FoldedNames(int limit) {
        this.limit = limit;
    }

    /**
     * Adds names that follow one another. Returns false, having added nothing, where there is no
     * room.
     *
     * @param many how many they are
     */
    boolean add(NodeName first, NodeName last, int many) {
        String item =
                switch (many) {
                    case 1 -> first.digits();
                    case 2 -> first.digits() + "," + last.digits();
                    default -> first.digits() + "-" + last.digits();
                };
        NodeName before = family;
        boolean isNew = before == null || !first.isKinOf(before);
        int more = isNew ? first.prefix().length() + first.suffix().length() + FRAME : 1;
        if (length + more + item.length() > limit) {
            return false;
        }
        if (isNew) {
            close();
            family = first;
        }
        length += more + item.length();
        numbers.add(item);
        kin += many;
        told += many;
        return true;
    }

    /**
     * The text; empty where there was room for none.
     *
     * @param all how many names there are, told or not
     */
    String finish(int all) {
        close();
        if (told > 0 && told < all) {
            text.append(" and ").append(all - told).append(" more");
        }
        return text.toString();
    }

    private void close() {
        NodeName closed = family;
        if (closed == null) {
            return;
        }
        String joined = String.join(",", numbers);
        text.append(text.isEmpty() ? "" : ", ")
                .append(closed.prefix())
                .append(kin == 1 ? joined : "[" + joined + "]")
                .append(closed.suffix());
        numbers.clear();
        kin = 0;
    }
}
