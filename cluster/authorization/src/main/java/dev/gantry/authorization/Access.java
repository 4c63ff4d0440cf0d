package dev.gantry.authorization;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.request.ApiRequest;
import dev.gantry.model.selector.FieldSelector;
import tools.jackson.databind.JsonNode;

/**
 * One use of the API, without who uses it.
 *
 * @param verb of the resource, or the HTTP method in lower case where {@code isResource} is false
 * @param name empty where the request names no single object
 */
public record Access(
        String verb,
        boolean isResource,
        String group,
        String version,
        String plural,
        String subresource,
        String namespace,
        String name,
        String path,
        Selection selection) {

    /** Compat: a list by {@code metadata.name=x} counts as naming x, as in RequestInfoFactory. */
    public static Access of(ApiRequest request, Selection wanted) {
        boolean selects = request.isResource() && isOverMany(request.verb());
        Selection selection = selects ? wanted : Selection.EVERYTHING;
        String name =
                request.name().isEmpty()
                        ? equalTo(selection.fields(), "metadata.name")
                        : request.name();
        return new Access(
                request.verb(),
                request.isResource(),
                request.group(),
                request.version(),
                request.plural(),
                firstOf(request.subresource()),
                request.namespace(),
                name,
                request.path(),
                selection);
    }

    public static Access resource(
            String verb,
            GroupResource resource,
            String subresource,
            String namespace,
            String name) {
        return new Access(
                verb,
                true,
                resource.group(),
                "v1",
                resource.plural(),
                subresource,
                namespace,
                name,
                "",
                Selection.EVERYTHING);
    }

    /**
     * As {@code resourceAttributes} of a review name it: {@code verb}, {@code group}, {@code
     * version}, {@code resource}, {@code subresource}, {@code namespace} and {@code name}.
     */
    public static Access resource(JsonNode attributes, Selection selection) {
        return new Access(
                Resource.text(attributes, "verb"),
                true,
                Resource.text(attributes, "group"),
                Resource.text(attributes, "version"),
                Resource.text(attributes, "resource"),
                Resource.text(attributes, "subresource"),
                Resource.text(attributes, "namespace"),
                Resource.text(attributes, "name"),
                "",
                selection);
    }

    public static Access path(String verb, String path) {
        return new Access(verb, false, "", "", "", "", "", "", path, Selection.EVERYTHING);
    }

    public Access withVerb(String other) {
        return new Access(
                other,
                isResource,
                group,
                version,
                plural,
                subresource,
                namespace,
                name,
                path,
                selection);
    }

    /** The same of some objects, in whatever version they are asked for. */
    public Access ofAnyVersion(Selection some) {
        return new Access(
                verb, isResource, group, "*", plural, subresource, namespace, name, path, some);
    }

    public Access withSubresource(String other) {
        return new Access(
                verb, isResource, group, version, plural, other, namespace, name, path, selection);
    }

    /** The same in all namespaces at once. */
    public Access everywhere() {
        return new Access(
                verb, isResource, group, version, plural, subresource, "", name, path, selection);
    }

    public GroupResource resource() {
        return new GroupResource(group, plural);
    }

    /** {@code pods} or {@code pods/log} */
    public String pluralWithSubresource() {
        return subresource.isEmpty() ? plural : plural + "/" + subresource;
    }

    /** The value that the selector demands of a field, or empty. */
    public String demanded(String field) {
        return equalTo(selection.fields(), field);
    }

    /** Compat: what follows {@code proxy/} is a path of the backend. */
    private static String firstOf(String subresource) {
        int slash = subresource.indexOf('/');
        return slash < 0 ? subresource : subresource.substring(0, slash);
    }

    private static boolean isOverMany(String verb) {
        return verb.equals("list") || verb.equals("watch") || verb.equals("deletecollection");
    }

    private static String equalTo(FieldSelector fields, String field) {
        for (FieldSelector.Term term : fields.terms()) {
            if (term.isEqual() && term.field().equals(field)) {
                return term.value();
            }
        }
        return "";
    }
}
