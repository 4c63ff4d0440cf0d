package dev.gantry.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

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
        write(
                "b.json",
                """
                {"kind": "List", "apiVersion": "v1", "items": [
                  {"kind": "Pod", "apiVersion": "v1", "metadata": {"generateName": "three-"}}]}
                """);
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
    void saysWhichLineOfWhichFileIsWrong() throws IOException {
        String fine = "---\napiVersion: v1\nkind: Pod\nmetadata: {name: fine}\n---\n";

        assertThat(complaint(fine + "a: [b\nc: d\n"))
                .startsWith(folder + "/broken.yaml, line 6: expected ',' or ']'");
        assertThat(complaint("a: b\n  c: d\n"))
                .isEqualTo(folder + "/broken.yaml, line 2: mapping values are not allowed here");
        assertThat(complaint(fine + "metadata: {name: bare}\n"))
                .isEqualTo(
                        folder
                                + "/broken.yaml, line 6: not a Kubernetes object: it has no"
                                + " apiVersion");
        assertThat(complaint("kind: Pod\napiVersion: v1\nkind: Node\n"))
                .startsWith(folder + "/broken.yaml, line 3:")
                .contains("kind");
        assertThat(complaint("just text"))
                .endsWith("line 1: not a Kubernetes object: it has no fields");
        assertThat(complaint("apiVersion: v1\nkind: Pod\nmetadata: {}\n"))
                .endsWith("line 1: this Pod has no name");
        assertThat(complaint("apiVersion: v1\nkind: List\nitems:\n- {kind: Pod}\n"))
                .endsWith("line 1, item 1: not a Kubernetes object: it has no apiVersion");
    }

    @Test
    void whatIsWrittenOnceAndReferredToIsThereEachTime() throws IOException {
        write(
                "a.yaml",
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: one, labels: &labels {app: web}, annotations: *labels}
                """);

        Resource pod = Manifests.read(folder.toString(), "mine").getFirst();

        assertThat(pod.annotations()).containsEntry("app", "web");
    }

    /** Modes in octal stand in many charts; the API refuses them as decimal numbers. */
    @Test
    void valuesMeanWhatTheyMeanToKubectl() throws IOException {
        write(
                "a.yaml",
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: one}
                common: &common {a: 1, b: 1}
                values: {mode: 0644, isOn: yes, large: 1_000, time: 22:22, version: 1.30, day: 2026-01-01}
                merged: {<<: *common, b: 2}
                """);

        Resource pod = Manifests.read(folder.toString(), "mine").getFirst();

        assertThat(pod.tree().path("values").toString())
                .isEqualTo(
                        "{\"mode\":420,\"isOn\":true,\"large\":1000,\"time\":\"22:22\",\"version\":1.3,\"day\":\"2026-01-01\"}");
        assertThat(pod.tree().path("merged").toString()).isEqualTo("{\"a\":1,\"b\":2}");
    }

    @Test
    void jsonMayBeIndentedWithTabs() throws IOException {
        write(
                "a.json",
                "{\n\t\"apiVersion\": \"v1\", \"kind\": \"Pod\",\n\t\"metadata\": {\"name\": \"a\"}}");

        assertThat(Manifests.read(folder.toString(), "mine")).hasSize(1);
        assertThat(complaint("{\n\t\"apiVersion\": \"v1\",\n\t\"kind\" \"Pod\"}"))
                .startsWith(folder + "/broken.yaml, line 3: ");
    }

    private String complaint(String text) throws IOException {
        Path broken = write("broken.yaml", text);
        return org.assertj.core.api.Assertions.catchThrowableOfType(
                        IOException.class, () -> Manifests.read(broken.toString(), "mine"))
                .getMessage();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
