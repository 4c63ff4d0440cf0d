package dev.gantry.state.admission;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What admission says beside its verdict. Written by the one decision that it is made for; each
 * further attempt at it gets an empty one.
 */
public final class Notes {
    private final List<String> warnings = new ArrayList<>();

    public void warn(String warning) {
        warnings.add(warning);
    }

    /** For the client, in the order in which they came up. */
    public List<String> warnings() {
        return Collections.unmodifiableList(warnings);
    }
}
