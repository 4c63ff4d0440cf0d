package dev.gantry.agent.shell.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.shell.volume.PodFolders;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class CheckpointTest {
    @TempDir private Path root;
    private PodFolders folders;

    @BeforeEach
    void prepare() throws IOException {
        folders = new PodFolders(root);
        folders.prepare();
    }

    @Test
    void whatCannotBeReadHidesNothingElse() throws IOException {
        Checkpoint.write(folders, pod("a"));
        Checkpoint.write(folders, pod("z"));
        Files.createDirectories(folders.checkpoint(pod("folder")));
        Checkpoint.write(folders, pod("half"));
        Files.writeString(folders.checkpoint(pod("half")), "{\"metadata\": {");
        Checkpoint.write(folders, pod("list"));
        Files.writeString(folders.checkpoint(pod("list")), "[]");

        assertThat(Checkpoint.readAll(folders))
                .extracting(PodSpec::name)
                .containsExactlyInAnyOrder("a", "z");
    }

    @Test
    void thereMayBeNone() {
        assertThat(Checkpoint.readAll(new PodFolders(root.resolve("none")))).isEmpty();
    }

    private static PodSpec pod(String name) {
        String json =
                "{\"metadata\": {\"name\": \"%1$s\", \"namespace\": \"n\", \"uid\": \"uid-%1$s\"}, \"spec\": {}}"
                        .formatted(name);
        return new PodSpec(new Resource((ObjectNode) JsonMapper.shared().readTree(json)));
    }
}
