package dev.gantry.state.shell.encryption;

import org.jspecify.annotations.Nullable;

/** A KMS plugin gave no answer of use. */
final class KmsFault extends Exception {
    private static final long serialVersionUID = 1L;

    KmsFault(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
