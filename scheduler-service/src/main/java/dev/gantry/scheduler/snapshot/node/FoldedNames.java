package dev.gantry.scheduler.snapshot.node;

import org.jspecify.annotations.Nullable;

/** Names as text, those that differ in their number only in one bracket. */
final class FoldedNames {
    /** What a bracket takes and a comma with a blank before it. */
    private static final int FRAME = 4;

    private final int limit;
    private final StringBuilder text = new StringBuilder();
    private @Nullable NodeName family;
    private int numbersBegin;
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
        NodeName before = family;
        boolean isNew = before == null || !first.isKinOf(before);
        int more = isNew ? first.prefix().length() + first.suffix().length() + FRAME : 1;
        more += first.digits().length() + (many == 1 ? 0 : 1 + last.digits().length());
        if (length + more > limit) {
            return false;
        }
        if (isNew) {
            close();
            open(first);
        } else {
            text.append(',');
        }
        text.append(first.digits());
        if (many > 1) {
            text.append(many == 2 ? ',' : '-').append(last.digits());
        }
        length += more;
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

    private void open(NodeName first) {
        text.append(text.isEmpty() ? "" : ", ").append(first.prefix());
        numbersBegin = text.length();
        family = first;
        kin = 0;
    }

    private void close() {
        NodeName closed = family;
        if (closed != null) {
            if (kin > 1) {
                text.insert(numbersBegin, '[').append(']');
            }
            text.append(closed.suffix());
        }
    }
}
