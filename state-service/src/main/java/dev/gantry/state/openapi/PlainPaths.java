package dev.gantry.state.openapi;

import dev.gantry.state.schema.GroupVersionKind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Paths that are of no resource: discovery, the version, keys of tokens. */
final class PlainPaths {
    private static final List<String> DISCOVERY =
            List.of("application/json", "application/yaml", "application/vnd.kubernetes.protobuf");
    private static final List<String> JSON = List.of("application/json");
    private static final String CONFIGURATION = ".well-known/openid-configuration";

    private final Dialect dialect;
    private final Map<String, Path> all = new TreeMap<>();

    /**
     * @param document of version 3, which tells of it
     */
    private record Path(String document, ObjectNode operation) {}

    PlainPaths(Dialect dialect, Collection<GroupVersionKind> served) {
        this.dialect = dialect;
        add(
                "version",
                outline("getCodeVersion", "get the version information for this server", "version")
                        .consumes(JSON)
                        .produces(JSON)
                        .replies(reference(PlainTypes.VERSION_INFO), List.of(200)));
        add("api", versions("getCoreAPIVersions", "core", "APIVersions"));
        add("apis", versions("getAPIVersions", "apis", "APIGroupList"));
        add(
                CONFIGURATION,
                document(
                        "getServiceAccountIssuerOpenIDConfiguration",
                        "get service account issuer OpenID configuration, also known as the 'OIDC"
                                + " discovery doc'",
                        "WellKnown",
                        "application/json"));
        add(
                "openid/v1/jwks",
                document(
                        "getServiceAccountIssuerOpenIDKeyset",
                        "get service account issuer OpenID JSON Web Key Set (contains public token"
                                + " verification keys)",
                        "openid",
                        "application/jwk-set+json"));
        served.forEach(this::addGroup);
    }

    /** The names of their documents of version 3. */
    Set<String> documents() {
        Set<String> names = new TreeSet<>();
        all.values().forEach(each -> names.add(each.document));
        return names;
    }

    void addTo(ObjectNode paths, Predicate<String> which) {
        all.forEach(
                (path, each) -> {
                    if (which.test(each.document)) {
                        paths.putObject(path).set("get", each.operation);
                    }
                });
    }

    private void addGroup(GroupVersionKind kind) {
        ApiGroupName group = ApiGroupName.of(kind.group());
        boolean isCore = kind.group().isEmpty();
        if (!isCore) {
            add(
                    "apis/" + kind.group(),
                    outline(
                                    "get" + group.inId() + "APIGroup",
                                    "get information of a group",
                                    group.tag())
                            .consumes(DISCOVERY)
                            .produces(DISCOVERY)
                            .replies(meta("APIGroup"), List.of(200)));
        }
        List<String> mediaTypes = MediaTypes.BUILTIN.plain();
        add(
                (isCore ? "api/" : "apis/") + kind.apiVersion(),
                outline(
                                "get" + group.inId(kind.version()) + "APIResources",
                                "get available resources",
                                group.tag(kind.version()))
                        .consumes(mediaTypes)
                        .produces(mediaTypes)
                        .replies(meta("APIResourceList"), List.of(200)));
    }

    private void add(String document, Outline outline) {
        all.computeIfAbsent("/" + document + "/", path -> new Path(document, outline.document()));
    }

    private Outline versions(String id, String tag, String type) {
        return outline(id, "get available API versions", tag)
                .consumes(DISCOVERY)
                .produces(DISCOVERY)
                .replies(meta(type), List.of(200));
    }

    private Outline document(String id, String description, String tag, String mediaType) {
        return outline(id, description, tag)
                .consumes(List.of())
                .produces(List.of(mediaType))
                .replies(JsonNodeFactory.instance.objectNode().put("type", "string"), List.of(200));
    }

    private Outline outline(String id, String description, String tag) {
        return new Outline(dialect, id, description, tag);
    }

    private ObjectNode meta(String type) {
        return reference(PlainTypes.META + type);
    }

    private ObjectNode reference(String definition) {
        return JsonNodeFactory.instance.objectNode().put("$ref", dialect.reference(definition));
    }
}
