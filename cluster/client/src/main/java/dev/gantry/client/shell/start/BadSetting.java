package dev.gantry.client.shell.start;

/**
 * A service cannot start with what it was given. The message names the setting, what was found,
 * what was expected, and where it stands.
 */
public final class BadSetting extends RuntimeException {
    private static final long serialVersionUID = 1;

    public BadSetting(String message) {
        super(message);
    }
}
