package dev.gantry.agent.shell.join;

import dev.gantry.agent.join.CannotJoin;
import dev.gantry.agent.join.JoinOptions;
import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ApiUnreachable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code gantry-agent join}. Prints where the agent's settings are, alone on the standard output.
 */
public final class JoinMain {
    private JoinMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        try {
            JoinOptions options = JoinOptions.parse(List.of(arguments));
            Path settings = new Join(options, System.err::println).run();
            System.out.println(settings);
        } catch (CannotJoin | ApiRefused | ApiUnreachable | IOException why) {
            System.err.println("gantry-agent: " + why.getMessage());
            System.exit(1);
        }
    }
}
