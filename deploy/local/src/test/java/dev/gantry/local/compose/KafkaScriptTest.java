package dev.gantry.local.compose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.local.process.Command;
import dev.gantry.testkit.tidy.SourceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the broker of docker-compose.yml comes by the name of its cluster. */
class KafkaScriptTest {
    private static final Path SCRIPT =
            SourceFolder.currentModule().resolve("../compose/kafka.sh").normalize();

    @TempDir Path data;

    @Test
    void anEmptyFolderBecomesAClusterOfItsOwn() throws IOException {
        String first = clusterId();
        assertThat(Uuid.fromString(first).toString()).isEqualTo(first);
        assertThat(clusterId()).isNotEqualTo(first);
    }

    @Test
    void aFolderThatIsFormattedStaysTheClusterThatItIs() throws IOException {
        Files.writeString(
                data.resolve("meta.properties"),
                "#\n#Tue Dec 01 02:00:00 UTC 2026\ncluster.id=yZ-4X_cRQ0a4_bqUv3MJlw\nversion=1\n");
        assertThat(clusterId()).isEqualTo("yZ-4X_cRQ0a4_bqUv3MJlw");
    }

    private String clusterId() throws IOException {
        return Command.run("bash", SCRIPT.toString(), data.toString(), "printenv", "CLUSTER_ID")
                .strip();
    }
}
