package dev.gantry.cli.shell;

import java.util.List;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** How the answer is printed. */
final class Output {
    /** As kubectl spells them. */
    enum Format {
        text,
        json,
        yaml
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES} (default: text).")
    private Format format = Format.text;

    void print(Object report, List<String> lines) {
        switch (format) {
            case text -> lines.forEach(System.out::println);
            case json ->
                    System.out.println(
                            JsonMapper.shared()
                                    .writerWithDefaultPrettyPrinter()
                                    .writeValueAsString(report));
            case yaml ->
                    System.out.print(
                            YAMLMapper.builder()
                                    .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
                                    .build()
                                    .writeValueAsString(report));
        }
    }
}
