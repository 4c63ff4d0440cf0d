package dev.gantry.local.prerequisite;

import java.io.IOException;
import java.util.List;

/**
 * Prepares a machine before anything is built: the {@code gantry} script runs this from source.
 *
 * <p>{@code --tests}: for all tests, not for a cluster alone. {@code --no-install}: only says what
 * is missing.
 */
final class PrerequisitesMain {
    private PrerequisitesMain() {}

    public static void main(String[] arguments) {
        List<String> given = List.of(arguments);
        boolean mayInstall = !given.contains("--no-install");
        try {
            Prerequisites.provide(given.contains("--tests") ? Need.OF_TESTS : Need.ALL, mayInstall);
            if (mayInstall) {
                Prerequisites.renewRunc();
            }
        } catch (IOException failed) {
            System.err.println("gantry: " + failed.getMessage());
            System.exit(1);
        }
    }
}
