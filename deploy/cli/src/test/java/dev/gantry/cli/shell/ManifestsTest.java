package dev.gantry.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestsTest {
    @TempDir private Path folder;

    @Test
    void readsDocumentsListsAndFolders() throws IOException {
        write(
                "a.yaml",
                """
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: one}
                ---
                # nothing
                ---
                apiVersion: v1
                kind: Node
                metadata: {name: two}
                """);
        write("b.json", "{\"kind\": \"List\", \"items\": [{\"kind\": \"Pod\", \"metadata\": {}}]}");
        write("c.txt", "not read");

        var objects = Manifests.read(folder.toString(), "mine");

        assertThat(objects)
                .extracting(Resource::kind, Resource::namespace)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("Pod", "mine"),
                        org.assertj.core.groups.Tuple.tuple("Node", ""),
                        org.assertj.core.groups.Tuple.tuple("Pod", "mine"));
    }

    @Test
    void saysWhichFileIsWrong() throws IOException {
        Path broken = write("broken.yaml", "a: [");
        Path bare = write("bare.yaml", "a: 1");

        assertThatThrownBy(() -> Manifests.read(broken.toString(), "mine"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("broken.yaml");
        assertThatThrownBy(() -> Manifests.read(bare.toString(), "mine"))
                .hasMessageContaining("no kind");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
