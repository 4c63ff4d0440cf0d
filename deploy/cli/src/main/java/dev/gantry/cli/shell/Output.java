package dev.gantry.cli.shell;

import picocli.CommandLine.Option;

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

    boolean isJson() {
        return format == Format.json;
    }
}
