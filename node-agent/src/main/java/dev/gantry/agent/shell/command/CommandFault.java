package dev.gantry.agent.shell.command;

/** A program could not be run, took too long, or ended with a code other than zero. */
public final class CommandFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CommandFault(String message) {
        super(message);
    }

    public CommandFault(String message, Throwable cause) {
        super(message, cause);
    }
}
