package dev.gantry.agent.shell.kernel;

import java.io.IOException;
import java.util.Map;

/** The kernel refused a call. */
public final class KernelFault extends IOException {
    private static final long serialVersionUID = 1L;

    static final int MISSING = 2;
    static final int TRY_AGAIN = 11;
    static final int EXISTS = 17;
    static final int NO_FOLDER = 20;
    static final int INVALID = 22;
    static final int LINK = 40;

    private static final Map<Integer, String> WORDS =
            Map.of(
                    1,
                    "operation not permitted",
                    MISSING,
                    "no such file or directory",
                    TRY_AGAIN,
                    "it is being changed",
                    16,
                    "it is in use",
                    EXISTS,
                    "file exists",
                    18,
                    "it leads out of its folder",
                    NO_FOLDER,
                    "not a directory",
                    INVALID,
                    "invalid argument",
                    28,
                    "no space left on device",
                    LINK,
                    "a link that must not be followed");

    private final int errno;

    KernelFault(String what, int errno) {
        super(what + ": " + WORDS.getOrDefault(errno, "error " + errno));
        this.errno = errno;
    }

    int errno() {
        return errno;
    }

    /** Whether what was named is not there. */
    public boolean isMissing() {
        return errno == MISSING;
    }

    /** Whether a path that was seen just now leads there no more: removed, or put a link into. */
    public boolean isVanished() {
        return errno == MISSING || errno == NO_FOLDER || errno == LINK;
    }
}
