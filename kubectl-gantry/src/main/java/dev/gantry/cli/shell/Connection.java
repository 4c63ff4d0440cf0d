package dev.gantry.cli.shell;

import dev.gantry.client.shell.http.ClusterApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cluster and namespace are meant, by kubectl's own options and rules. */
final class Connection {
    @Option(names = "--kubeconfig", description = "The kubeconfig file, as of kubectl.")
    private @Nullable Path kubeconfig;

    @Option(names = "--context", description = "The context of the kubeconfig.")
    private String context = "";

    @Option(
            names = {"-n", "--namespace"},
            description = "The namespace (default: that of the context).")
    private String namespace = "";

    ClusterApi api() throws IOException {
        return ClusterApi.fromKubeconfigs(files(), context);
    }

    String namespace() throws IOException {
        return namespace.isEmpty() ? ClusterApi.namespaceOf(files(), context) : namespace;
    }

    private List<Path> files() throws IOException {
        Path chosen = kubeconfig;
        if (chosen != null) {
            return List.of(chosen);
        }
        String fromEnvironment = System.getenv("KUBECONFIG");
        List<Path> candidates =
                fromEnvironment == null || fromEnvironment.isBlank()
                        ? List.of(Path.of(System.getProperty("user.home"), ".kube", "config"))
                        : Arrays.stream(fromEnvironment.split(":"))
                                .filter(each -> !each.isBlank())
                                .map(Path::of)
                                .toList();
        List<Path> found = candidates.stream().filter(Files::exists).toList();
        // Where there is none, reading the first says so.
        return found.isEmpty() ? candidates.subList(0, 1) : found;
    }
}
