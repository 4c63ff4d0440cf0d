package dev.gantry.local.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands behind the {@code gantry} script. */
@Command(
        name = "gantry",
        mixinStandardHelpOptions = true,
        version = "gantry 0.1.0",
        description = "Runs a Gantry cluster on this machine.",
        subcommands = {
            Up.class,
            Down.class,
            StatusCommand.class,
            Logs.class,
            KubeconfigCommand.class,
            TokenCommand.class,
            Demo.class,
            Supervise.class,
            Train.class
        })
public final class LocalMain implements Callable<Integer> {
    public static void main(String[] arguments) {
        var commands = new CommandLine(new LocalMain()).setCaseInsensitiveEnumValuesAllowed(true);
        commands.setExecutionExceptionHandler(
                (failed, _, _) -> {
                    System.err.println("gantry: " + message(failed));
                    if (System.getenv("GANTRY_DEBUG") != null) {
                        failed.printStackTrace();
                    }
                    return 1;
                });
        System.exit(commands.execute(arguments));
    }

    @Override
    public Integer call() {
        CommandLine.usage(this, System.out);
        return 0;
    }

    static String message(Exception failed) {
        String text = failed.getMessage();
        if (failed instanceof FileSystemException fault && fault.getReason() == null) {
            // Their message is the path alone.
            return switch (fault) {
                case NoSuchFileException _ -> text + " is not there";
                case AccessDeniedException _ -> text + " is not accessible to this user";
                default -> fault.toString();
            };
        }
        return text == null ? failed.toString() : text;
    }
}
