package dev.gantry.cli.shell;

import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ApiUnreachable;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code kubectl gantry}. */
@Command(
        name = "kubectl gantry",
        mixinStandardHelpOptions = true,
        version = "gantry 0.1.0",
        description = "Asks Gantry's scheduler why, and what if. Nothing is written.",
        subcommands = {WhyCommand.class, PlanCommand.class})
public final class CliMain implements Callable<Integer> {
    /** What kubectl exits with where it could not do what was asked. */
    private static final int FAILED = 2;

    public static void main(String[] arguments) {
        var commands = new CommandLine(new CliMain());
        commands.setExecutionExceptionHandler(
                (failed, _, _) -> {
                    System.err.println("error: " + message(failed));
                    if (System.getenv("GANTRY_DEBUG") != null) {
                        failed.printStackTrace();
                    }
                    return FAILED;
                });
        System.exit(commands.execute(arguments));
    }

    @Override
    public Integer call() {
        CommandLine.usage(this, System.out);
        return 0;
    }

    private static String message(Exception failed) {
        return switch (failed) {
            case ApiRefused refused -> "the API says: " + refused.getMessage();
            case ApiUnreachable away -> "the API does not answer: " + away.getMessage();
            case NoSuchFileException missing ->
                    "the path \"%s\" does not exist".formatted(missing.getFile());
            case AccessDeniedException closed ->
                    "the path \"%s\" may not be read".formatted(closed.getFile());
            default -> failed.getMessage() == null ? failed.toString() : failed.getMessage();
        };
    }
}
