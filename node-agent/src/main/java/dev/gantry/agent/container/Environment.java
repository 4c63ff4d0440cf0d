package dev.gantry.agent.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.agent.container.EnvironmentFile.Place;
import dev.gantry.agent.runtime.container.EnvironmentVariable;
import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.DownwardField;
import dev.gantry.agent.spec.NodeFacts;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * The environment of one container.
 *
 * <p>Compat: {@code makeEnvironmentVariables} of {@code pkg/kubelet/kubelet_pods.go}: Services
 * first, {@code envFrom} over them, {@code env} over both and in order, so that a value may refer
 * to those before it.
 */
public final class Environment {
    private final PodSpec pod;
    private final NodeFacts node;
    private final List<String> podIps;
    private final Map<ObjectKey, Resource> sources;
    private final Map<Place, String> files;

    /**
     * @param sources the objects of {@link #references} that exist
     * @param files the contents of those of {@link #files} that exist
     */
    public Environment(
            PodSpec pod,
            NodeFacts node,
            List<String> podIps,
            Map<ObjectKey, Resource> sources,
            Map<Place, String> files) {
        this.pod = pod;
        this.node = node;
        this.podIps = podIps;
        this.sources = sources;
        this.files = files;
    }

    /** Either variables, or why there are none. */
    public record Outcome(List<EnvironmentVariable> variables, Optional<String> problem) {}

    /** The ConfigMaps and Secrets that a container's environment names. */
    public static SortedSet<ObjectKey> references(ContainerSpec container, String namespace) {
        SortedSet<ObjectKey> found = new TreeSet<>();
        for (JsonNode each : container.tree().path("envFrom")) {
            addReference(found, Kinds.CONFIG_MAP, namespace, each.path("configMapRef"));
            addReference(found, Kinds.SECRET, namespace, each.path("secretRef"));
        }
        for (JsonNode each : container.tree().path("env")) {
            JsonNode from = each.path("valueFrom");
            addReference(found, Kinds.CONFIG_MAP, namespace, from.path("configMapKeyRef"));
            addReference(found, Kinds.SECRET, namespace, from.path("secretKeyRef"));
        }
        return found;
    }

    /** The files that it names. */
    public static SortedSet<Place> files(ContainerSpec container) {
        SortedSet<Place> found = new TreeSet<>();
        for (JsonNode each : container.tree().path("env")) {
            JsonNode reference = each.path("valueFrom").path("fileKeyRef");
            if (reference.isObject()) {
                found.add(place(reference));
            }
        }
        return found;
    }

    private static Place place(JsonNode reference) {
        return new Place(Resource.text(reference, "volumeName"), Resource.text(reference, "path"));
    }

    private static void addReference(
            SortedSet<ObjectKey> found, Kind kind, String namespace, JsonNode reference) {
        String name = Resource.text(reference, "name");
        if (!name.isEmpty()) {
            found.add(new ObjectKey(kind.resource(), namespace, name));
        }
    }

    public Outcome of(ContainerSpec container, SortedMap<String, String> serviceLinks) {
        Map<String, String> variables = new LinkedHashMap<>(serviceLinks);
        try {
            for (JsonNode each : container.tree().path("envFrom")) {
                addAll(variables, each);
            }
            for (JsonNode each : container.tree().path("env")) {
                String name = Resource.text(each, "name");
                Optional<String> value = value(each, container, variables);
                value.ifPresent(found -> variables.put(name, found));
            }
        } catch (Unresolved problem) {
            return new Outcome(List.of(), Optional.of(problem.words()));
        }
        List<EnvironmentVariable> all = new ArrayList<>();
        variables.forEach((name, value) -> all.add(new EnvironmentVariable(name, value)));
        return new Outcome(all, Optional.empty());
    }

    private void addAll(Map<String, String> variables, JsonNode from) throws Unresolved {
        boolean isSecret = from.path("secretRef").isObject();
        Kind kind = isSecret ? Kinds.SECRET : Kinds.CONFIG_MAP;
        JsonNode reference = isSecret ? from.path("secretRef") : from.path("configMapRef");
        Optional<Resource> source = source(kind, reference);
        String prefix = Resource.text(from, "prefix");
        if (source.isPresent()) {
            values(kind, source.get()).forEach((key, value) -> variables.put(prefix + key, value));
        }
    }

    private Optional<String> value(
            JsonNode entry, ContainerSpec container, Map<String, String> before) throws Unresolved {
        JsonNode from = entry.path("valueFrom");
        if (!from.isObject()) {
            return Optional.of(VariableExpansion.expand(Resource.text(entry, "value"), before));
        }
        if (from.path("fieldRef").isObject()) {
            String path = Resource.text(from.path("fieldRef"), "fieldPath");
            return Optional.of(
                    DownwardField.field(path, pod, node, podIps)
                            .orElseThrow(() -> new Unresolved("unsupported fieldPath: " + path)));
        }
        if (from.path("resourceFieldRef").isObject()) {
            return Optional.of(resource(from.path("resourceFieldRef"), container));
        }
        if (from.path("fileKeyRef").isObject()) {
            return file(from.path("fileKeyRef"));
        }
        return from.path("secretKeyRef").isObject()
                ? key(Kinds.SECRET, from.path("secretKeyRef"))
                : key(Kinds.CONFIG_MAP, from.path("configMapKeyRef"));
    }

    private String resource(JsonNode reference, ContainerSpec container) throws Unresolved {
        String other = Resource.text(reference, "containerName");
        ContainerSpec about = other.isEmpty() ? container : pod.container(other).orElse(container);
        String asked = Resource.text(reference, "resource");
        return DownwardField.resource(reference, about, node)
                .orElseThrow(() -> new Unresolved("unsupported container resource : " + asked));
    }

    private Optional<String> key(Kind kind, JsonNode reference) throws Unresolved {
        Optional<Resource> source = source(kind, reference);
        if (source.isEmpty()) {
            return Optional.empty();
        }
        String key = Resource.text(reference, "key");
        String value = values(kind, source.get()).get(key);
        if (value == null && !isOptional(reference)) {
            throw new Unresolved(
                    "couldn't find key %s in %s %s/%s"
                            .formatted(
                                    key,
                                    kind.kindName(),
                                    pod.namespace(),
                                    Resource.text(reference, "name")));
        }
        return Optional.ofNullable(value);
    }

    /** Compat: a value that is empty is as good as none. */
    private Optional<String> file(JsonNode reference) throws Unresolved {
        Place place = place(reference);
        String key = Resource.text(reference, "key");
        String value =
                Optional.ofNullable(files.get(place))
                        .flatMap(text -> EnvironmentFile.value(text, key))
                        .orElseThrow(() -> new Unresolved("couldn't parse env file"));
        if (!value.isEmpty()) {
            return Optional.of(value);
        }
        if (isOptional(reference)) {
            return Optional.empty();
        }
        throw new Unresolved(
                "environment variable key \"%s\" not found in file \"%s\""
                        .formatted(key, place.path()));
    }

    private Optional<Resource> source(Kind kind, JsonNode reference) throws Unresolved {
        String name = Resource.text(reference, "name");
        Resource found = sources.get(new ObjectKey(kind.resource(), pod.namespace(), name));
        if (found == null && !isOptional(reference)) {
            throw new Unresolved("%s \"%s\" not found".formatted(kind.singular(), name));
        }
        return Optional.ofNullable(found);
    }

    private static boolean isOptional(JsonNode reference) {
        return reference.path("optional").asBoolean(false);
    }

    private static SortedMap<String, String> values(Kind kind, Resource source) {
        SortedMap<String, String> found = new TreeMap<>();
        for (var each : source.tree().path("data").properties()) {
            String text = each.getValue().asString("");
            boolean isEncoded = kind.equals(Kinds.SECRET);
            found.put(
                    each.getKey(),
                    isEncoded ? new String(Base64.getDecoder().decode(text), UTF_8) : text);
        }
        return found;
    }

    /** Ends the building of an environment; never leaves this class. */
    private static final class Unresolved extends Exception {
        private static final long serialVersionUID = 1L;

        private final String words;

        Unresolved(String words) {
            super(words);
            this.words = words;
        }

        String words() {
            return words;
        }
    }
}
