package dev.gantry.state.openapi;

import dev.gantry.state.discovery.ServedResource;
import dev.gantry.state.discovery.ServedResource.Subresource;
import dev.gantry.state.schema.GroupVersionKind;
import java.util.Optional;

/**
 * A path of a resource: its objects, one of them, or something below one.
 *
 * @param isEverywhere the objects of all namespaces
 */
record Endpoint(ServedResource resource, Optional<Subresource> below, boolean isEverywhere) {
    static Endpoint of(ServedResource resource) {
        return new Endpoint(resource, Optional.empty(), false);
    }

    Endpoint everywhere() {
        return new Endpoint(resource, below, true);
    }

    Endpoint at(Subresource subresource) {
        return new Endpoint(resource, Optional.of(subresource), false);
    }

    String kind() {
        return resource.kind().kind();
    }

    /** What is read and written there. */
    GroupVersionKind body() {
        return below.map(Subresource::kind).orElse(resource.kind());
    }

    /** What is in front of it where there are several things with these parameters. */
    String name() {
        return below.map(Subresource::name).orElse(resource.plural());
    }

    /** As in an operation's id: {@code NamespacedPodStatus}. */
    String words(String suffix) {
        boolean isInNamespace = resource.isNamespaced() && !isEverywhere;
        return (isInNamespace ? "Namespaced" : "")
                + kind()
                + below.map(Subresource::name).map(ApiGroupName::capitalized).orElse("")
                + suffix
                + (isEverywhere ? "ForAllNamespaces" : "");
    }

    /** {@code status of the specified Pod} */
    String specified() {
        return ofBelow() + "the specified " + kind();
    }

    /** {@code an Ingress}, {@code Endpoints}, {@code eviction of a Pod} */
    String indefinite() {
        boolean isPlural = kind().endsWith("s") && !kind().endsWith("ss");
        boolean hasVowel = "AEIOU".indexOf(Character.toUpperCase(kind().charAt(0))) >= 0;
        return ofBelow() + (isPlural ? "" : hasVowel ? "an " : "a ") + kind();
    }

    private String ofBelow() {
        return below.map(each -> each.name() + " of ").orElse("");
    }
}
