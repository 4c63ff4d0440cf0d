package dev.gantry.state.validation;

import dev.gantry.model.refusal.FieldError;
import org.jspecify.annotations.Nullable;

/**
 * Where a field stands in an object.
 *
 * <p>Cost: its text is made only where something is wrong, so that the items of a list below a long
 * key do not each hold a copy of it.
 */
public final class FieldPath {
    static final FieldPath ROOT = new FieldPath(null, Step.NAME, "", 0);
    private static final int LONGEST_KEY = 512;

    private enum Step {
        NAME,
        KEY,
        INDEX
    }

    private final @Nullable FieldPath above;
    private final Step step;
    private final String name;
    private final int index;

    private FieldPath(@Nullable FieldPath above, Step step, String name, int index) {
        this.above = above;
        this.step = step;
        this.name = name;
        this.index = index;
    }

    /** A path that is written already. */
    static FieldPath of(String text) {
        return ROOT.child(text);
    }

    FieldPath child(String child) {
        return new FieldPath(this, Step.NAME, child, 0);
    }

    FieldPath index(int item) {
        return new FieldPath(this, Step.INDEX, "", item);
    }

    FieldPath key(String key) {
        return new FieldPath(this, Step.KEY, key, 0);
    }

    /** {@code spec.limits[cpu].values[0]} */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        write(text);
        return text.toString();
    }

    private void write(StringBuilder text) {
        if (above == null) {
            return;
        }
        above.write(text);
        switch (step) {
            case NAME -> text.append(text.isEmpty() ? "" : ".").append(name);
            case KEY ->
                    text.append('[').append(FieldError.shortened(name, LONGEST_KEY)).append(']');
            case INDEX -> text.append('[').append(index).append(']');
        }
    }
}
