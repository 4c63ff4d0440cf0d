package dev.gantry.state.kind.core.claim;

import dev.gantry.state.validation.Field;
import java.util.List;

/** In which ways a volume may be mounted; claims and volumes speak of the same. */
public final class AccessModes {
    private static final String ONCE_POD = "ReadWriteOncePod";
    private static final List<String> ALL =
            List.of("ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", ONCE_POD);

    private AccessModes() {}

    /** Compat: an unknown mode is reported at the list as a whole. */
    public static void check(Field modes) {
        for (Field mode : modes.items()) {
            if (!ALL.contains(mode.text())) {
                mode.at(modes.path()).notSupported(ALL);
            }
        }
        boolean hasOthers =
                modes.texts().stream().anyMatch(each -> ALL.contains(each) && !isOncePod(each));
        if (modes.texts().stream().anyMatch(AccessModes::isOncePod) && hasOthers) {
            modes.forbidden("may not use ReadWriteOncePod with other access modes");
        }
    }

    private static boolean isOncePod(String mode) {
        return mode.equals(ONCE_POD);
    }
}
