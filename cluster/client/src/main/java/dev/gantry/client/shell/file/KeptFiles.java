package dev.gantry.client.shell.file;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a log that was full is kept as, beside the one that is written: {@code audit.log.1} is the
 * youngest.
 *
 * @param kept how many; the oldest makes way
 */
public record KeptFiles(Path path, int kept) {
    /** Makes each a step older, and returns where the youngest goes then. */
    public Path makeRoom() throws IOException {
        for (int age = kept - 1; age >= 1; age--) {
            if (Files.exists(aged(age))) {
                Files.move(aged(age), aged(age + 1), REPLACE_EXISTING);
            }
        }
        return aged(1);
    }

    private Path aged(int age) {
        return path.resolveSibling(path.getFileName() + "." + age);
    }
}
