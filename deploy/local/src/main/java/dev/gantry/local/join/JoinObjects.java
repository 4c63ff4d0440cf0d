package dev.gantry.local.join;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The objects by which a cluster lets machines join; the same for all tokens. */
public final class JoinObjects {
    private static final JsonMapper JSON = JsonMapper.shared();

    private JoinObjects() {}

    /**
     * @param server URL of the API, as the nodes reach it
     * @param authority the cluster's, in base64 of PEM
     * @param settings of all agents, as lines of a properties file
     */
    public record Facts(String server, String authority, List<String> settings) {}

    static List<Resource> of(Facts facts) throws IOException {
        String text;
        try (var in = JoinObjects.class.getResourceAsStream("objects.yaml")) {
            text = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
        }
        String filled =
                text.replace("${server}", facts.server)
                        .replace("${authority}", facts.authority)
                        .replace("${settings}", "    " + String.join("\n    ", facts.settings));
        List<Resource> objects = new ArrayList<>();
        for (Object each : new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(filled)) {
            objects.add(new Resource(JSON.valueToTree((Map<?, ?>) each)));
        }
        return objects;
    }

    /** Makes those that are missing, and corrects the others; signatures stay. */
    public static void ensure(ClusterApi api, Facts facts) throws IOException {
        for (Resource each : of(facts)) {
            Kind kind = kindOf(each);
            ObjectKey key = each.key(kind.resource());
            if (api.get(key).isEmpty()) {
                api.create(kind.resource(), each);
            } else {
                ObjectNode patch = each.tree().deepCopy();
                patch.remove(List.of("apiVersion", "kind", "metadata"));
                api.mergePatch(key, "", patch);
            }
        }
    }

    private static Kind kindOf(Resource object) {
        String version = Resource.text(object.tree(), "apiVersion");
        String name = Resource.text(object.tree(), "kind");
        return Kinds.ALL.stream()
                .filter(each -> each.apiVersion().equals(version) && each.kindName().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
