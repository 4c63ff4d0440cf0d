package dev.gantry.state.kind.core.pod.container;

import dev.gantry.state.validation.Field;
import java.util.List;

/** Paths that must stay below where they start. */
public final class PathRules {
    private PathRules() {}

    public static void noBacksteps(Field path) {
        if (stepsBack(path.text())) {
            path.invalidText(path.text(), "must not contain '..'");
        }
    }

    public static boolean stepsBack(String path) {
        return List.of(path.split("/", -1)).contains("..");
    }

    public static void localDescending(Field path) {
        if (path.text().startsWith("/")) {
            path.invalidText(path.text(), "must be a relative path");
        }
        noBacksteps(path);
    }

    /** As {@link #localDescending}, and not a name that the node keeps for its own links. */
    public static void localNotReserved(Field path) {
        localDescending(path);
        String text = path.text();
        if (text.startsWith("..") && !text.startsWith("../")) {
            path.invalidText(text, "must not start with '..'");
        }
    }

    /** The permissions of a file; absent is fine. */
    public static void fileMode(Field mode) {
        if (mode.isSet() && (mode.number() < 0 || mode.number() > 0777)) {
            mode.invalid("must be a number between 0 and 0777 (octal), both inclusive");
        }
    }
}
