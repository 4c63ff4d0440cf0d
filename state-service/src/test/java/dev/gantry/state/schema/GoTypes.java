package dev.gantry.state.schema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the Go declarations of the API types say and the OpenAPI document does not: which fields are
 * pointers, which are written even when empty, defaults, and the values of enumerations.
 */
final class GoTypes {
    /** One field of a struct. */
    record GoField(String type, boolean isPointer, boolean isAlwaysWritten, String defaultValue) {}

    private static final Pattern STRUCT = Pattern.compile("^type (\\w+) struct \\{");
    private static final Pattern NAMED = Pattern.compile("^type (\\w+) string");
    private static final Pattern FIELD =
            Pattern.compile("^\\s+(?:(\\w+)\\s+)?(\\S+)\\s+`.*json:\"([^\"]*)\".*`");
    private static final Pattern CONSTANT =
            Pattern.compile("^\\s+\\w+\\s+(\\w+)\\s+= \"([^\"]*)\"");
    private static final Pattern DEFAULT = Pattern.compile("^\\s*// \\+default=(.*)$");

    private final Map<String, Map<String, GoField>> structs = new TreeMap<>();
    private final Map<String, List<String>> embedded = new TreeMap<>();
    private final Map<String, List<String>> enums = new TreeMap<>();

    /** {@code root} is the folder that holds {@code k8s.io/api} and {@code k8s.io/apimachinery}. */
    static GoTypes read(Path root) throws IOException {
        GoTypes types = new GoTypes();
        for (String tree : List.of("k8s.io/api", "k8s.io/apimachinery/pkg/apis/meta/v1")) {
            try (Stream<Path> files = Files.walk(root.resolve(tree))) {
                for (Path file :
                        files.filter(each -> each.endsWith("types.go")).sorted().toList()) {
                    String folder = root.relativize(file.getParent()).toString();
                    types.readFile(Files.readAllLines(file), prefixOf(folder));
                }
            }
        }
        return types;
    }

    /** {@code type} as the table names it, such as {@code api.core.v1.PodSpec}. */
    Optional<GoField> field(String type, String name) {
        GoField found = structs.getOrDefault(type, Map.of()).get(name);
        if (found != null) {
            return Optional.of(found);
        }
        return embedded.getOrDefault(type, List.of()).stream()
                .flatMap(each -> field(each, name).stream())
                .findFirst();
    }

    List<String> enumOf(String type, GoField field) {
        String bare = field.type().replaceAll("^[*\\[\\]]+", "");
        String prefix = type.substring(0, type.lastIndexOf('.') + 1);
        String qualified = bare.startsWith("v1.") ? "api.core." + bare : prefix + bare;
        return enums.getOrDefault(qualified, List.of());
    }

    private static String prefixOf(String folder) {
        return folder.replaceFirst("^k8s.io/", "").replace('/', '.') + ".";
    }

    private void readFile(List<String> lines, String prefix) {
        String struct = "";
        boolean isEnum = false;
        String pendingDefault = "";
        for (String line : lines) {
            Matcher opening = STRUCT.matcher(line);
            Matcher named = NAMED.matcher(line);
            Matcher fallback = DEFAULT.matcher(line);
            if (opening.find()) {
                struct = prefix + opening.group(1);
                structs.put(struct, new TreeMap<>());
            } else if (line.startsWith("}")) {
                struct = "";
            } else if (line.strip().equals("// +enum")) {
                isEnum = true;
            } else if (named.find()) {
                if (isEnum) {
                    enums.put(prefix + named.group(1), new ArrayList<>());
                }
                isEnum = false;
            } else if (fallback.find()) {
                pendingDefault = fallback.group(1);
            } else if (!struct.isEmpty()) {
                if (readField(struct, prefix, line, pendingDefault)) {
                    pendingDefault = "";
                }
            }
        }
        for (String line : lines) {
            Matcher constant = CONSTANT.matcher(line);
            if (constant.find() && enums.containsKey(prefix + constant.group(1))) {
                enums.get(prefix + constant.group(1)).add(constant.group(2));
            }
        }
    }

    private boolean readField(String struct, String prefix, String line, String defaultValue) {
        Matcher field = FIELD.matcher(line);
        if (!field.find()) {
            return false;
        }
        String[] tag = field.group(3).split(",");
        if (tag.length > 0 && !tag[0].isEmpty()) {
            boolean omitsEmpty = List.of(tag).contains("omitempty");
            boolean isPointer = field.group(2).startsWith("*");
            structs.get(struct)
                    .put(tag[0], new GoField(field.group(2), isPointer, !omitsEmpty, defaultValue));
        } else {
            String bare = field.group(2);
            String type = bare.startsWith("v1.") ? "api.core." + bare : prefix + bare;
            embedded.computeIfAbsent(struct, unused -> new ArrayList<>()).add(type);
        }
        return true;
    }
}
