package dev.gantry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a client whose server is away at first, which fails so many times. */
final class ClientCommandsTest {
    private static final String REFUSED = "The connection to the server a:1 was refused - did you";

    @TempDir Path folder;

    @Test
    void whoWasNotReachedIsAskedAgain() throws IOException {
        Cluster.Result result = run(new ClientCommands(Patience.LIMIT), 1, REFUSED);
        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo("the answer\n");
        assertThat(attempts()).isEqualTo(2);
    }

    @Test
    void whoRefusesIsNotAskedAgain() throws IOException {
        Cluster.Result result =
                run(new ClientCommands(Patience.LIMIT), 1, "Error from server (Forbidden): no");
        assertThat(result.code()).isEqualTo(1);
        assertThat(attempts()).isEqualTo(1);
    }

    @Test
    void whoIsGoneIsWaitedForOnce() throws IOException {
        var commands = new ClientCommands(Duration.ZERO);
        assertThat(run(commands, 99, REFUSED).code()).isEqualTo(1);
        long before = attempts();
        assertThat(run(commands, 99, REFUSED).errors()).contains(REFUSED);
        assertThat(attempts()).isEqualTo(before + 1);
    }

    private Cluster.Result run(ClientCommands commands, int failures, String errors) {
        String script =
                """
                echo attempt >>attempts
                if [ $(wc -l <attempts) -le %d ]; then echo '%s' >&2; exit 1; fi
                echo the answer
                """;
        List<String> command =
                List.of("sh", "-c", "cd " + folder + "\n" + script.formatted(failures, errors));
        return commands.run(command, "", Cluster.Result::isUnheard);
    }

    private long attempts() throws IOException {
        return Files.readAllLines(folder.resolve("attempts")).size();
    }
}
