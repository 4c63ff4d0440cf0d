package dev.gantry.acceptance.helm;

import dev.gantry.acceptance.Cluster;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a pod needs to run an operator in Java, where no image with a JVM can be had: folders of
 * this machine, on which the nodes run, too.
 *
 * @param mounts of the JVM
 * @param program with the operator's classes and libraries
 */
record OperatorImage(Path java, Set<Path> mounts, Path program) {
    static OperatorImage make(Cluster cluster) throws IOException {
        Path java = Path.of(System.getProperty("java.home")).toRealPath();
        var mounts = new TreeSet<>(Set.of(Path.of("/usr"), Path.of("/lib"), Path.of("/lib64")));
        // Debian keeps the settings of its JDK in /etc, with links to them.
        Path settings = java.resolve("conf/security/java.security").toRealPath();
        for (Path each : List.of(java, settings.getParent().getParent())) {
            if (mounts.stream().noneMatch(each::startsWith)) {
                mounts.add(each);
            }
        }
        Path program = cluster.home().resolve("operator");
        Files.createDirectories(program.resolve("lib"));
        int number = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path from = Path.of(entry);
            if (Files.isRegularFile(from)) {
                Path to = program.resolve("lib/%03d.jar".formatted(number++));
                Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Cluster.run(
                List.of("cp", "-r", "target/test-classes", program.resolve("classes").toString()));
        return new OperatorImage(java, mounts, program);
    }

    /** As settings of the chart. */
    List<String> settings() {
        String folders =
                mounts.stream().map(Path::toString).collect(Collectors.joining(",", "{", "}"));
        return List.of("--set=java=" + java, "--set=mounts=" + folders, "--set=program=" + program);
    }
}
