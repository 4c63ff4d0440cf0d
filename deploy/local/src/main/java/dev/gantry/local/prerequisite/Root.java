package dev.gantry.local.prerequisite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The machine that is looked at.
 *
 * @param folder what its absolute paths are relative to: {@code /}, but for tests
 * @param path the folders in which programs are looked for by name, in order
 */
record Root(Path folder, List<String> path) {

    static Root ofThisMachine() {
        String path = System.getenv().getOrDefault("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
        return new Root(
                Path.of("/"), Arrays.stream(path.split(":")).filter(p -> !p.isEmpty()).toList());
    }

    Path file(String absolute) {
        return folder.resolve(absolute.substring(1));
    }

    /** As execvp finds it. */
    Optional<Path> program(String name) {
        return path.stream()
                .map(each -> file(each).resolve(name))
                .filter(each -> Files.isRegularFile(each) && Files.isExecutable(each))
                .findFirst();
    }
}
