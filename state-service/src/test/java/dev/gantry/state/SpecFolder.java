package dev.gantry.state;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The reference data, where it is there: {@code GANTRY_SPEC}, else beside the project. */
public final class SpecFolder {
    private SpecFolder() {}

    /** Skips the test where the file is absent. */
    public static Path file(String name) {
        Path path = root().resolve(name);
        assumeTrue(Files.exists(path), "no " + name + " in the folder of reference data");
        return path;
    }

    public static JsonNode json(String name) {
        try {
            return JsonMapper.shared().readTree(Files.readAllBytes(file(name)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Path root() {
        String named = System.getProperty("GANTRY_SPEC", System.getenv("GANTRY_SPEC"));
        if (named != null) {
            return Path.of(named);
        }
        Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        return module.resolve("../../shared/spec").normalize();
    }
}
