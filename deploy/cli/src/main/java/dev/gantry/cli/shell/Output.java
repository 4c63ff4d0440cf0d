package dev.gantry.cli.shell;

import java.util.List;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** How the answer is printed. */
final class Output {
    /** As kubectl spells them. */
    enum Format {
        text,
        json
    }

    @Option(
            names = {"-o", "--output"},
            description = "${COMPLETION-CANDIDATES} (default: text).")
    private Format format = Format.text;

    void print(Object report, List<String> lines) {
        if (format == Format.json) {
            System.out.println(
                    JsonMapper.shared()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(report));
        } else {
            lines.forEach(System.out::println);
        }
    }
}
