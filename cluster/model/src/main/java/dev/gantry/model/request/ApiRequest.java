package dev.gantry.model.request;

import dev.gantry.model.meta.GroupResource;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a method and a path ask for, before anything is looked up.
 *
 * <p>Compat: the meaning of paths and verbs is that of apiserver's {@code RequestInfoFactory}.
 *
 * @param view which world is asked: empty for the live one, else {@code asof/<time or revision>}
 * @param verb get, list, watch, create, update, patch, delete, deletecollection; empty for a method
 *     that means nothing there; for paths that name no resource, the HTTP method in lower case
 * @param isResource whether the path names a resource; if not, only verb and path mean anything
 * @param path the path without its view prefix
 */
public record ApiRequest(
        String view,
        String verb,
        boolean isResource,
        String group,
        String version,
        String namespace,
        String plural,
        String name,
        String subresource,
        String path) {
    /** Subresources of a namespace; what else follows its name is a resource in it. */
    private static final Set<String> NAMESPACE_SUBRESOURCES = Set.of("status", "finalize");

    public static ApiRequest parse(String method, String fullPath, Query query) {
        World world = World.of(fullPath);
        String path = world.path();
        List<String> parts = List.of(strip(path).split("/", -1));
        if (parts.size() >= 3 && parts.getFirst().equals("api")) {
            return resource(method, world, query, "", parts.subList(1, parts.size()));
        }
        if (parts.size() >= 4 && parts.getFirst().equals("apis")) {
            return resource(method, world, query, parts.get(1), parts.subList(2, parts.size()));
        }
        String verb = method.toLowerCase(Locale.ROOT);
        return new ApiRequest(world.view(), verb, false, "", "", "", "", "", "", path);
    }

    /**
     * Whether everybody who reads a path takes it for the same one: those that some tidy up, by
     * leaving out what is empty or going up at two dots, lead nowhere.
     */
    public static boolean isPlain(String fullPath) {
        for (String part : strip(fullPath).split("/", -1)) {
            if (part.equals(".") || part.equals("..")) {
                return false;
            }
        }
        return !fullPath.contains("//");
    }

    public GroupResource resource() {
        return new GroupResource(group, plural);
    }

    /** True for verbs that change nothing. */
    public boolean isReadOnly() {
        return switch (verb) {
            case "get", "list", "watch", "head", "options" -> true;
            default -> false;
        };
    }

    /** {@code rest} starts with the version. */
    private static ApiRequest resource(
            String method, World world, Query query, String group, List<String> rest) {
        String version = rest.getFirst();
        List<String> parts = rest.subList(1, rest.size());
        boolean legacyWatch = parts.size() > 1 && parts.getFirst().equals("watch");
        if (legacyWatch) {
            parts = parts.subList(1, parts.size());
        }
        String namespace = "";
        boolean inNamespace =
                parts.size() > 2
                        && parts.getFirst().equals("namespaces")
                        && !NAMESPACE_SUBRESOURCES.contains(parts.get(2));
        if (inNamespace) {
            namespace = parts.get(1);
            parts = parts.subList(2, parts.size());
        } else if (parts.getFirst().equals("namespaces") && parts.size() > 1) {
            namespace = parts.get(1);
        }
        String name = parts.size() > 1 ? parts.get(1) : "";
        String subresource =
                parts.size() > 2 ? String.join("/", parts.subList(2, parts.size())) : "";
        String verb =
                legacyWatch
                        ? watchVerbOf(method)
                        : verbOf(method, !name.isEmpty(), query.isSet("watch"));
        return new ApiRequest(
                world.view(),
                verb,
                true,
                group,
                version,
                namespace,
                parts.getFirst(),
                name,
                subresource,
                world.path());
    }

    /** A path, split into the world it looks at and the path in that world. */
    private record World(String view, String path) {
        static World of(String fullPath) {
            if (!fullPath.startsWith("/asof/")) {
                return new World("", fullPath);
            }
            int end = fullPath.indexOf('/', "/asof/".length());
            return end < 0
                    ? new World(fullPath.substring(1), "/")
                    : new World(fullPath.substring(1, end), fullPath.substring(end));
        }
    }

    /** Only what names no single object becomes a watch by its query. */
    private static String verbOf(String method, boolean isNamed, boolean watches) {
        return switch (method) {
            case "GET", "HEAD" -> isNamed ? "get" : watches ? "watch" : "list";
            case "POST" -> "create";
            case "PUT" -> "update";
            case "PATCH" -> "patch";
            case "DELETE" -> isNamed ? "delete" : "deletecollection";
            default -> "";
        };
    }

    /** Below the older path {@code watch/} there is nothing but watches. */
    private static String watchVerbOf(String method) {
        return method.equals("GET") || method.equals("HEAD") ? "watch" : "";
    }

    private static String strip(String path) {
        int start = 0;
        int end = path.length();
        while (start < end && path.charAt(start) == '/') {
            start++;
        }
        while (end > start && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(start, end);
    }
}
