package dev.gantry.state.openapi;

import dev.gantry.state.codec.Etag;
import dev.gantry.state.discovery.RemoteOpenApi;
import dev.gantry.state.discovery.RemoteVersion;
import dev.gantry.state.discovery.ServedResource;
import dev.gantry.state.schema.GroupVersionKind;
import dev.gantry.state.schema.Schemas;
import dev.gantry.state.schema.structural.StructuralType;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
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

    /** Whose API it is. */
    private static final String RELEASE = "1.36";

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
        ObjectNode paths = paths(Dialect.V3, name::equals);
        return paths.isEmpty() ? Optional.empty() : Optional.of(version3(name, paths));
    }

    private ObjectNode index() {
        ObjectNode index = JsonNodeFactory.instance.objectNode();
        ObjectNode paths = index.putObject("paths");
        Set<String> names = new TreeSet<>();
        resources.forEach(each -> names.add(groupPath(each)));
        names.addAll(new PlainPaths(Dialect.V3, builtinKinds()).documents());
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

    private ObjectNode version3(String name, ObjectNode paths) {
        List<ServedResource> served = resourcesOf(name);
        boolean isCustom = served.stream().anyMatch(this::isCustom);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("openapi", "3.0.0");
        // Compat: documents of custom kinds have a title and a version of their own.
        document.set(
                "info",
                isCustom ? info("Kubernetes CRD Swagger", "v0.1.0") : info("Kubernetes", RELEASE));
        document.set("paths", paths);
        ObjectNode components = document.putObject("components");
        Map<String, ObjectNode> types =
                definitions(Dialect.V3, paths, served, isCustom ? _ -> true : versionsOf(name));
        if (!types.isEmpty()) {
            types.forEach(components.putObject("schemas")::set);
        }
        if (!isCustom) {
            components.putObject("securitySchemes").set("BearerToken", bearerToken());
        }
        return document;
    }

    private ObjectNode version2() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("swagger", "2.0");
        document.set("info", info("Kubernetes", RELEASE));
        ObjectNode paths = paths(Dialect.V2, name -> true);
        ObjectNode definitions = JsonNodeFactory.instance.objectNode();
        definitions(Dialect.V2, paths, resources, version -> true).forEach(definitions::set);
        ObjectNode parameters = SharedParameters.takeFrom(paths);
        document.set("paths", paths);
        document.set("definitions", definitions);
        document.set("parameters", parameters);
        document.putObject("securityDefinitions").set("BearerToken", bearerToken());
        document.putArray("security").addObject().putArray("BearerToken");
        for (RemoteVersion each : remote) {
            each.openApi().ifPresent(its -> merge(each, its.document(), document));
        }
        return document;
    }

    /** Compat: a definition that both have is this server's. */
    private static void merge(RemoteVersion version, JsonNode its, ObjectNode document) {
        String root = "/apis/" + version.apiVersion() + "/";
        for (var each : its.path("paths").properties()) {
            if (each.getKey().startsWith(root)) {
                ((ObjectNode) document.path("paths")).set(each.getKey(), each.getValue());
            }
        }
        for (String part : List.of("definitions", "parameters")) {
            ObjectNode known = (ObjectNode) document.path(part);
            for (var each : its.path(part).properties()) {
                known.putIfAbsent(each.getKey(), each.getValue());
            }
        }
    }

    /**
     * @param which documents of version 3 the paths are of
     */
    private ObjectNode paths(Dialect dialect, Predicate<String> which) {
        ObjectNode paths = JsonNodeFactory.instance.objectNode();
        new PlainPaths(dialect, builtinKinds()).addTo(paths, which);
        PathDocuments documents = new PathDocuments(dialect, schemas, paths);
        resources.stream().filter(each -> which.test(groupPath(each))).forEach(documents::add);
        return paths;
    }

    /** Compat: of custom kinds only their own paths are told. */
    private List<GroupVersionKind> builtinKinds() {
        return resources.stream()
                .filter(each -> !isCustom(each))
                .map(ServedResource::kind)
                .toList();
    }

    /** Of which versions a document of version 3 tells kinds: its own, and the core one. */
    private static Predicate<String> versionsOf(String name) {
        return version -> version.equals("v1") || name.equals("apis/" + version);
    }

    /** What the paths refer to. */
    private Map<String, ObjectNode> definitions(
            Dialect dialect,
            ObjectNode paths,
            List<ServedResource> served,
            Predicate<String> versions) {
        Map<String, ObjectNode> custom = new TreeMap<>();
        CustomDocuments documents = new CustomDocuments(dialect);
        served.stream()
                .filter(this::isCustom)
                .forEach(
                        each ->
                                documents.addTo(
                                        custom, each.kind(), structural(each).orElseThrow()));
        Set<String> roots = dialect.referencesIn(paths);
        custom.values().forEach(each -> roots.addAll(dialect.referencesIn(each)));
        Map<String, ObjectNode> all = new TypeDocuments(dialect).closure(roots, versions);
        all.putAll(custom);
        return all;
    }

    private static ObjectNode bearerToken() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "apiKey")
                .put("name", "authorization")
                .put("in", "header")
                .put("description", "Bearer Token authentication");
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

    private static ObjectNode info(String title, String release) {
        return JsonNodeFactory.instance.objectNode().put("title", title).put("version", release);
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
