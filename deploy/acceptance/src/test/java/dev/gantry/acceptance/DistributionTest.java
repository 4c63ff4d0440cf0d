package dev.gantry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.gantry.testkit.tidy.SourceFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code mvn package} leaves for others to run. */
final class DistributionTest {
    private static final Path DISTRIBUTION =
            SourceFolder.currentModule().resolve("../local/target/gantry").normalize();

    @Test
    void itsBillOfMaterialsNamesEveryJar() throws Exception {
        assumeFalse(
                "offline=true".equals(System.getProperty("gantry.build")),
                "it is made online only");
        JsonNode bill =
                JsonMapper.shared()
                        .readTree(Files.readAllBytes(DISTRIBUTION.resolve("gantry.cdx.json")));
        assertThat(bill.path("bomFormat").asString("")).isEqualTo("CycloneDX");
        List<String> parts =
                Stream.concat(
                                bill.path("components").valueStream(),
                                Stream.of(bill.at("/metadata/component")))
                        .map(each -> each.path("name").asString("") + "-" + version(each))
                        .toList();
        try (Stream<Path> jars = Files.list(DISTRIBUTION.resolve("lib"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString()).toList())
                    .isNotEmpty()
                    .allMatch(jar -> parts.stream().anyMatch(jar::startsWith));
        }
    }

    private static String version(JsonNode component) {
        return component.path("version").asString("");
    }
}
