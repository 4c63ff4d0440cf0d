package dev.gantry.local.prerequisite;

import java.io.IOException;

/**
 * Prepares a machine before anything is built: the {@code gantry} script runs this from source.
 * {@code --no-install} only says what is missing.
 */
final class PrerequisitesMain {
    private PrerequisitesMain() {}

    public static void main(String[] arguments) {
        boolean mayInstall = !java.util.List.of(arguments).contains("--no-install");
        try {
            Prerequisites.provide(mayInstall);
            if (mayInstall) {
                Prerequisites.renewRunc();
            }
        } catch (IOException failed) {
            System.err.println("gantry: " + failed.getMessage());
            System.exit(1);
        }
    }
}
