package dev.gantry.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.local.image.LocalImages;
import dev.gantry.local.instance.Instance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the demonstration consists of; that its steps work is seen where it is run, in CI. */
final class DemonstrationTest {
    @TempDir Path home;

    @Test
    void theShortOneIsTheBeginningOfTheWhole() throws IOException {
        List<String> whole = titles(Set.of());
        List<String> part = titles(Part.LONG);
        assertThat(part).hasSize(5);
        assertThat(whole).startsWith(part.toArray(String[]::new)).hasSize(10);
    }

    @Test
    void eachPartCanBeLeftOutAlone() throws IOException {
        List<String> whole = titles(Set.of());
        for (Part each : Part.values()) {
            List<String> rest = titles(EnumSet.of(each));
            List<String> alone = titles(EnumSet.complementOf(EnumSet.of(each)));
            assertThat(alone).as("%s", each).isNotEmpty().doesNotContainAnyElementsOf(rest);
            assertThat(whole).hasSize(rest.size() + alone.size()).containsAll(rest);
        }
    }

    @Test
    void aStepSaysWhichItIsWhatItShowsAndWhatToTry() {
        var step = new Step("A thing", "It does this.", List.of("kubectl get thing"), () -> {});
        assertThat(step.heading(2, 7)).isEqualTo("\n== 2/7  A thing\n   It does this.\n");
        assertThat(step.footing()).isEqualTo("Try:\n  kubectl get thing\n");
        assertThat(new Step("A thing", () -> {}).footing()).isEmpty();
    }

    @Test
    void whatIsPrintedCanBeTyped() {
        assertThat(Stage.typed("exec", "p-0", "--", "sh", "-c", "echo x > /data/row"))
                .isEqualTo("$ kubectl exec p-0 -- sh -c 'echo x > /data/row'");
        assertThat(Stage.typed("get", "pods", "-l", "a.b/c=d", "-o", "wide"))
                .isEqualTo("$ kubectl get pods -l a.b/c=d -o wide");
    }

    /** A fresh machine may reach no registry. */
    @ParameterizedTest
    @ValueSource(strings = {"web.yaml", "database.yaml", "squares.yaml", "shop.yaml"})
    void needsNoImageButTheOneThatEveryNodeHas(String file) throws IOException {
        assertThat(Pattern.compile("image: (.*)").matcher(Stage.manifest(file)).results())
                .isNotEmpty()
                .allMatch(each -> each.group(1).equals(LocalImages.BUSYBOX));
    }

    private List<String> titles(Set<Part> leftOut) throws IOException {
        var instance = new Instance(home, home, 0, 2);
        Files.writeString(
                instance.kubeconfig(),
                """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "https://127.0.0.1:1", insecure-skip-tls-verify: true}}]
                users: [{name: u, user: {token: t}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """);
        return Part.steps(instance, leftOut).stream().map(Step::title).toList();
    }
}
