package dev.gantry.state.shell;

import dev.gantry.state.admission.plugin.AdmissionConfiguration;
import dev.gantry.state.codec.json.YamlText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Files of the operator, in YAML or JSON. */
final class ConfigurationFile {
    private ConfigurationFile() {}

    /** Throws IllegalArgumentException, with a sentence, where it cannot be used. */
    static AdmissionConfiguration admission(Path file) {
        return AdmissionConfiguration.of(tree(file), named -> tree(file.resolveSibling(named)));
    }

    static JsonNode tree(Path file) {
        byte[] text;
        try {
            text = Files.readAllBytes(file);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        return switch (YamlText.toJson(text)) {
            case YamlText.Reading.Json(var json, _) -> JsonMapper.shared().readTree(json);
            case YamlText.Reading.Malformed(var why) ->
                    throw new IllegalArgumentException(file + ": " + why);
            case YamlText.Reading.TooLarge() ->
                    throw new IllegalArgumentException(file + " is too large");
        };
    }
}
