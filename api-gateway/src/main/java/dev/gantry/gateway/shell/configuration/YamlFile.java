package dev.gantry.gateway.shell.configuration;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A file of one YAML document, which may be JSON. */
record YamlFile(Path path) {
    /** Throws IllegalArgumentException where it cannot be read. */
    String text() {
        try {
            return Files.readString(path);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(path + " cannot be read", unreadable);
        }
    }

    /** Throws IllegalArgumentException where the text is no YAML. */
    JsonNode tree(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        try {
            Object value = new Yaml(new SafeConstructor(options)).load(text);
            return JsonMapper.shared().valueToTree(value);
        } catch (YAMLException malformed) {
            throw new IllegalArgumentException(
                    "it is no YAML: " + malformed.getMessage(), malformed);
        }
    }
}
