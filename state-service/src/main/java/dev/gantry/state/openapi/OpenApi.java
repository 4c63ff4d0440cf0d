package dev.gantry.state.openapi;

import dev.gantry.state.codec.Etag;
import dev.gantry.state.discovery.RemoteOpenApi;
import dev.gantry.state.discovery.RemoteVersion;
import dev.gantry.state.discovery.ServedResource;
import dev.gantry.state.discovery.ServedResource.Subresource;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.Schemas;
import dev.gantry.state.schema.StructType;
import dev.gantry.state.schema.TypeSchema;
import dev.gantry.state.schema.structural.StructuralType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The documents for one set of served resources; make another when that changes.
 *
 * <p>Cost: a document is made when it is first asked for and then kept: the core group takes a
 * tenth of a second.
 */
public final class OpenApi {
    public static final String V2 = "/openapi/v2";
    public static final String V3 = "/openapi/v3";

    /** What clients accept; asks {@link #page} for the document of version 2 in protobuf. */
    public static final String V2_PROTOBUF =
            "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

    /** Compat: what they are sent then, since the other is no valid media type. */
    public static final String V2_PROTOBUF_SENT =
            "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    private final List<ServedResource> resources;
    private final List<RemoteVersion> remote;
    private final Schemas schemas;
    private final String version;
    private final Map<String, Document> made = new HashMap<>();

    /**
     * @param json as it is sent; of {@link #V2_PROTOBUF}, protobuf
     * @param etag quoted, as in the header
     */
    public record Document(byte[] json, String etag) {}

    /**
     * @param remote what extension servers answer, and describe
     * @param version what {@code /version} says
     */
    public OpenApi(
            List<ServedResource> resources,
            List<RemoteVersion> remote,
            Schemas schemas,
            String version) {
        this.resources = List.copyOf(resources);
        this.remote = remote;
        this.schemas = schemas;
        this.version = version;
    }

    /**
     * The document at {@code /openapi/v2}, {@code /openapi/v3} or below. Safe for many threads:
     * they may make a document twice, but get equal ones.
     */
    public synchronized Optional<Document> page(String path) {
        Document known = made.get(path);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Document> page =
                path.equals(V2_PROTOBUF)
                        ? Optional.of(document(ProtobufDocument.of(version2())))
                        : make(path)
                                .map(JsonMapper.shared()::writeValueAsBytes)
                                .map(OpenApi::document);
        page.ifPresent(each -> made.put(path, each));
        return page;
    }

    private Optional<ObjectNode> make(String path) {
        if (path.equals(V2)) {
            return Optional.of(version2());
        }
        if (path.equals(V3)) {
            return Optional.of(index());
        }
        String name = path.startsWith(V3 + "/") ? path.substring(V3.length() + 1) : "";
        List<ServedResource> served =
                resources.stream().filter(each -> groupPath(each).equals(name)).toList();
        return served.isEmpty() ? Optional.empty() : Optional.of(version3(served));
    }

    private ObjectNode index() {
        ObjectNode index = JsonNodeFactory.instance.objectNode();
        ObjectNode paths = index.putObject("paths");
        Set<String> names = new TreeSet<>();
        resources.forEach(each -> names.add(groupPath(each)));
        for (String name : names) {
            // The hash lets clients keep a document until it changes; it changes with what is in
            // it.
            String hash = Etag.hash(contentOf(name).getBytes(StandardCharsets.UTF_8));
            paths.putObject(name).put("serverRelativeURL", V3 + "/" + name + "?hash=" + hash);
        }
        for (RemoteVersion each : remote) {
            // Compat: the document itself is its server's, and asked of it.
            String name = "apis/" + each.apiVersion();
            each.openApi()
                    .map(RemoteOpenApi::hash)
                    .filter(hash -> !hash.isEmpty())
                    .ifPresent(
                            hash ->
                                    paths.putObject(name)
                                            .put(
                                                    "serverRelativeURL",
                                                    V3 + "/" + name + "?hash=" + hash));
        }
        return index;
    }

    private String contentOf(String name) {
        StringBuilder content = new StringBuilder(version);
        for (ServedResource each : resourcesOf(name)) {
            content.append(each);
            structural(each).ifPresent(type -> content.append(type.openApi()));
        }
        return content.toString();
    }

    private List<ServedResource> resourcesOf(String name) {
        return resources.stream().filter(each -> groupPath(each).equals(name)).toList();
    }

    private ObjectNode version3(List<ServedResource> served) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("openapi", "3.0.0");
        document.set("info", info());
        document.set("paths", paths(served, Dialect.V3));
        ObjectNode components = document.putObject("components").putObject("schemas");
        definitions(Dialect.V3, served).forEach(components::set);
        return document;
    }

    private ObjectNode version2() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("swagger", "2.0");
        document.set("info", info());
        ObjectNode paths = paths(resources, Dialect.V2);
        document.set("paths", paths);
        ObjectNode definitions = document.putObject("definitions");
        definitions(Dialect.V2, resources).forEach(definitions::set);
        for (RemoteVersion each : remote) {
            each.openApi().ifPresent(its -> merge(each, its.document(), paths, definitions));
        }
        return document;
    }

    /** Compat: a definition that both have is this server's. */
    private static void merge(
            RemoteVersion version, JsonNode document, ObjectNode paths, ObjectNode definitions) {
        String root = "/apis/" + version.apiVersion() + "/";
        for (var each : document.path("paths").properties()) {
            if (each.getKey().startsWith(root)) {
                paths.set(each.getKey(), each.getValue());
            }
        }
        for (var each : document.path("definitions").properties()) {
            if (!definitions.has(each.getKey())) {
                definitions.set(each.getKey(), each.getValue());
            }
        }
    }

    private ObjectNode paths(List<ServedResource> served, Dialect dialect) {
        ObjectNode paths = JsonNodeFactory.instance.objectNode();
        PathDocuments documents = new PathDocuments(dialect, schemas);
        served.forEach(each -> documents.addTo(paths, each));
        return paths;
    }

    private List<StructType> types(List<ServedResource> served) {
        Set<GroupVersionKind> kinds = new LinkedHashSet<>();
        for (ServedResource each : served) {
            kinds.add(each.kind());
            kinds.add(each.kind().list());
            each.subresources().stream().map(Subresource::kind).forEach(kinds::add);
        }
        kinds.add(GroupVersionKind.DELETE_OPTIONS);
        kinds.add(new GroupVersionKind("", "v1", "Status"));
        List<StructType> types = new ArrayList<>();
        for (GroupVersionKind kind : kinds) {
            schemas.of(kind)
                    .filter(TypeSchema::isBuiltin)
                    .map(TypeSchema::structure)
                    .ifPresent(types::add);
        }
        return types;
    }

    private Map<String, ObjectNode> definitions(Dialect dialect, List<ServedResource> served) {
        List<StructType> builtin = types(served);
        List<ServedResource> custom = served.stream().filter(this::isCustom).toList();
        if (!custom.isEmpty()) {
            builtin.addAll(CustomDocuments.referenced());
        }
        Map<String, ObjectNode> all = new TypeDocuments(dialect).closure(builtin);
        CustomDocuments documents = new CustomDocuments(dialect);
        custom.forEach(each -> documents.addTo(all, each.kind(), structural(each).orElseThrow()));
        return all;
    }

    private boolean isCustom(ServedResource resource) {
        return structural(resource).isPresent();
    }

    private Optional<StructuralType> structural(ServedResource resource) {
        return schemas.of(resource.kind())
                .flatMap(
                        found ->
                                found instanceof StructuralType type
                                        ? Optional.of(type)
                                        : Optional.empty());
    }

    private ObjectNode info() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("title", "Kubernetes")
                .put("version", version);
    }

    private static String groupPath(ServedResource resource) {
        GroupVersionKind kind = resource.kind();
        return kind.group().isEmpty()
                ? "api/" + kind.version()
                : "apis/" + kind.group() + "/" + kind.version();
    }

    private static Document document(byte[] bytes) {
        return new Document(bytes, Etag.of(bytes));
    }
}
