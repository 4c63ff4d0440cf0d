package dev.gantry.local.cli;

import java.io.IOException;

/** A service said that with these settings it never will. */
final class CannotStart extends IOException {
    private static final long serialVersionUID = 1;

    CannotStart(String reason) {
        super(reason);
    }
}
