package dev.gantry.cli.shell;

import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ApiUnreachable;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

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
        System.exit(commands().execute(arguments));
    }

    static CommandLine commands() {
        var commands = new CommandLine(new CliMain());
        commands.setParameterExceptionHandler((wrong, _) -> refuse(wrong));
        commands.setExecutionExceptionHandler(
                (failed, line, _) -> {
                    line.getErr().println("error: " + message(failed));
                    if (System.getenv("GANTRY_DEBUG") != null) {
                        failed.printStackTrace(line.getErr());
                    }
                    return FAILED;
                });
        return commands;
    }

    @Override
    public Integer call() {
        CommandLine.usage(this, System.out);
        return 0;
    }

    /** One sentence, what was perhaps meant, and where to read more. */
    private static int refuse(ParameterException wrong) {
        CommandLine line = wrong.getCommandLine();
        line.getErr().println("error: " + sentence(wrong));
        if (wrong instanceof UnmatchedArgumentException unknown) {
            UnmatchedArgumentException.printSuggestions(unknown, line.getErr());
        }
        line.getErr().println("See '%s --help'.".formatted(line.getCommandSpec().qualifiedName()));
        return FAILED;
    }

    private static String sentence(ParameterException wrong) {
        if (!(wrong instanceof UnmatchedArgumentException unknown)) {
            return String.valueOf(wrong.getMessage());
        }
        String word = unknown.getUnmatched().getFirst();
        if (unknown.isUnknownOption()) {
            return "there is no option \"%s\"".formatted(word);
        }
        boolean isCommand = wrong.getCommandLine().getParent() == null;
        return isCommand
                ? "there is no command \"%s\"".formatted(word)
                : "what is \"%s\" for? A manifest is given with -f".formatted(word);
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
