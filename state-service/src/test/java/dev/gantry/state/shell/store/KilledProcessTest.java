package dev.gantry.state.shell.store;

import static dev.gantry.state.log.StateLogContract.CONFIG_MAPS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.message.ChangeMessage;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.Samples;
import dev.gantry.testkit.TestKafka;
import dev.gantry.testkit.TestPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of the state service in the middle of its load. */
class KilledProcessTest {
    private static final int ROUNDS = 2;
    private static final int ACKNOWLEDGED_PER_ROUND = 300;

    @TempDir Path folder;

    @Test
    void nothingAcknowledgedIsLostAndTheFeedTellsAllOfItInOrder() throws Exception {
        var postgres = TestPostgres.freshDatabase();
        try (var running = new RunningStore(postgres, TestKafka.shared(), folder)) {
            running.stop();
            Map<String, Revision> acknowledged = new TreeMap<>();
            for (int round = 0; round < ROUNDS; round++) {
                acknowledged.putAll(writeAndKill(postgres, running, "round" + round + "-"));
            }
            running.begin();

            acknowledged.forEach(
                    (name, revision) ->
                            assertThat(
                                            running.store()
                                                    .log()
                                                    .get(Samples.configMap(name))
                                                    .orElseThrow()
                                                    .revision())
                                    .isEqualTo(revision));
            List<Revision> committed =
                    running.store().log().list(CONFIG_MAPS, "").objects().stream()
                            .map(object -> object.revision())
                            .sorted()
                            .toList();
            List<ChangeMessage> told =
                    running.feed.changesUntil(
                            CONFIG_MAPS,
                            found ->
                                    !found.isEmpty()
                                            && found.getLast()
                                                    .revision()
                                                    .equals(committed.getLast()));
            assertThat(firstTellings(told)).containsExactlyElementsOf(committed);
        }
    }

    /** A restarted relay repeats itself: what is told for the first time must be in order. */
    private static List<Revision> firstTellings(List<ChangeMessage> told) {
        List<Revision> first = new ArrayList<>();
        for (ChangeMessage each : told) {
            if (first.isEmpty() || each.revision().isAfter(first.getLast())) {
                first.add(each.revision());
            }
        }
        return first;
    }

    private Map<String, Revision> writeAndKill(
            TestPostgres postgres, RunningStore running, String prefix)
            throws IOException, InterruptedException {
        Map<String, Revision> acknowledged = new TreeMap<>();
        Process process =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                WriterProcess.class.getName(),
                                postgres.url(),
                                postgres.username(),
                                running.kafka.connection().get("bootstrap.servers"),
                                running.kafka.topics().prefix(),
                                folder.toString(),
                                prefix)
                        .redirectErrorStream(true)
                        .start();
        try (BufferedReader said = process.inputReader()) {
            String line = said.readLine();
            while (line != null && acknowledged.size() < ACKNOWLEDGED_PER_ROUND) {
                String[] words = line.split(" ");
                if (words[0].equals("ack")) {
                    acknowledged.put(words[1], Revision.parse(words[2]).orElseThrow());
                }
                line = said.readLine();
            }
        } finally {
            process.destroyForcibly();
            process.waitFor();
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(ACKNOWLEDGED_PER_ROUND);
        return acknowledged;
    }
}
